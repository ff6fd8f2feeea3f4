package dev.quicklime.image;

import dev.quicklime.InvalidInputException;

/**
 * Where a picture's pixels lie in a model's input: {@code input = scale·source + offset}, both
 * measured in pixels from the left or top edge, so that pixel i covers i to i+1 and has its centre
 * at i+½.
 *
 * @param scaleX input columns per picture column
 * @param scaleY input rows per picture row
 * @param offsetX the input coordinate of the picture's left edge; negative if it is cropped
 * @param offsetY the input coordinate of the picture's top edge; negative if it is cropped
 */
public record Placement(double scaleX, double scaleY, double offsetX, double offsetY) {
  public Placement {
    if (!(scaleX > 0 && scaleY > 0 && Double.isFinite(scaleX) && Double.isFinite(scaleY))) {
      throw new InvalidInputException(
          "scales must be positive and finite, got " + scaleX + " and " + scaleY);
    }
    if (!Double.isFinite(offsetX) || !Double.isFinite(offsetY)) {
      throw new InvalidInputException("offsets must be finite, got " + offsetX + " and " + offsetY);
    }
  }

  /**
   * The input column under the centre of a picture column; outside the input where the picture was
   * cropped.
   */
  public int inputX(int sourceX) {
    return inputX(sourceX + 0.5);
  }

  /**
   * The input row under the centre of a picture row; outside the input where the picture was
   * cropped.
   */
  public int inputY(int sourceY) {
    return inputY(sourceY + 0.5);
  }

  /** The input column under a place of the picture, in its pixels from its left edge. */
  public int inputX(double place) {
    return (int) Math.floor(scaleX * place + offsetX);
  }

  /** The input row under a place of the picture, in its pixels from its top edge. */
  public int inputY(double place) {
    return (int) Math.floor(scaleY * place + offsetY);
  }
}
