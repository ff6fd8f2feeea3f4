package dev.quicklime.perturb;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.Image;
import dev.quicklime.segment.SegmentMap;
import java.util.Objects;

/**
 * A picture at the model's input size, its superpixels, and the same picture with all of them
 * filled. Any perturbed sample selects between the two. Immutable.
 */
public final class Perturbation {

  private final Image original;
  private final SegmentMap segments;
  private final float[] shown;
  private final float[] filled;
  private final boolean oneColour;

  private Perturbation(
      Image original, SegmentMap segments, float[] shown, float[] filled, boolean oneColour) {
    this.original = original;
    this.segments = segments;
    this.shown = shown;
    this.filled = filled;
    this.oneColour = oneColour;
  }

  /**
   * Fills every superpixel of a picture.
   *
   * @throws InvalidInputException if picture and superpixels differ in size, or if a colour has
   *     neither one level nor as many as the picture has channels
   */
  public static Perturbation of(Image image, SegmentMap segments, Fill fill) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(fill, "fill");
    checkSize(image, segments);
    float[] shown = image.toFloats();
    float[] filled =
        switch (fill) {
          case Fill.SegmentMean _ ->
              means(shown, segments.labels(), segments.count(), image.channels());
          case Fill.ImageMean _ ->
              means(shown, new int[segments.labels().length], 1, image.channels());
          case Fill.Constant constant -> constant(constant, shown.length, image.channels());
          case Fill.Blur(double sigma) -> image.blurred(sigma).toFloats();
        };
    boolean oneColour =
        switch (fill) {
          case Fill.Constant _, Fill.ImageMean _ -> true;
          case Fill.SegmentMean _, Fill.Blur _ -> false;
        };
    return new Perturbation(image, segments, shown, filled, oneColour);
  }

  /**
   * Superpixels that another picture shows where they are not shown.
   *
   * @param filled a picture of the same size and channels, of which each pixel is the fill of that
   *     pixel
   * @throws InvalidInputException if the pictures and the superpixels differ in size or channels
   */
  public static Perturbation of(Image image, SegmentMap segments, Image filled) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(filled, "filled");
    checkSize(image, segments);
    if (filled.width() != image.width()
        || filled.height() != image.height()
        || filled.channels() != image.channels()) {
      throw new InvalidInputException(
          "the filled picture must be %s×%s×%s as the picture is, got %s×%s×%s"
              .formatted(
                  image.width(),
                  image.height(),
                  image.channels(),
                  filled.width(),
                  filled.height(),
                  filled.channels()));
    }
    return new Perturbation(image, segments, image.toFloats(), filled.toFloats(), false);
  }

  private static void checkSize(Image image, SegmentMap segments) {
    if (image.width() != segments.width() || image.height() != segments.height()) {
      throw new InvalidInputException(
          "superpixels must have the picture's size, %s×%s, got %s×%s"
              .formatted(image.width(), image.height(), segments.width(), segments.height()));
    }
  }

  private static float[] means(float[] values, int[] labels, int count, int channels) {
    double[] sums = new double[count * channels];
    int[] areas = new int[count];
    for (int i = 0, at = 0; i < labels.length; i++) {
      areas[labels[i]]++;
      for (int c = 0; c < channels; c++) {
        sums[labels[i] * channels + c] += values[at++];
      }
    }
    float[] filled = new float[values.length];
    for (int i = 0, at = 0; i < labels.length; i++) {
      for (int c = 0; c < channels; c++) {
        filled[at++] = (float) (sums[labels[i] * channels + c] / areas[labels[i]]);
      }
    }
    return filled;
  }

  private static float[] constant(Fill.Constant fill, int length, int channels) {
    int levels = fill.levels().size();
    if (levels != 1 && levels != channels) {
      throw new InvalidInputException(
          "a fill colour must have 1 level or one for each of "
              + channels
              + " channels, got "
              + levels);
    }
    float[] filled = new float[length];
    for (int i = 0; i < length; i++) {
      filled[i] = fill.levels().get(i % channels % levels).floatValue();
    }
    return filled;
  }

  /** The picture with all superpixels shown, of the size of the model's input. */
  public Image original() {
    return original;
  }

  /** The superpixels that are shown or filled, in a map of the picture's size. */
  public SegmentMap segments() {
    return segments;
  }

  /** One sample as a picture of the model's input size, levels 0 to 255, for people to look at. */
  public Image render(MaskMatrix masks, int row) {
    if (masks.columns() != segments.count()) {
      throw new InvalidInputException(
          "masks must have a column for each of "
              + segments.count()
              + " superpixels, got "
              + masks.columns());
    }
    int channels = original.channels();
    int[] labels = segments.labels();
    float[] pixels = filled.clone();
    for (int i = 0; i < labels.length; i++) {
      if (masks.shown(row, labels[i])) {
        System.arraycopy(shown, i * channels, pixels, i * channels, channels);
      }
    }
    return Image.ofFloat(original.width(), original.height(), channels, pixels);
  }

  /** Levels of the picture, row, column, channel; not to be written to. */
  float[] shownLevels() {
    return shown;
  }

  /** Whether all pixels of the filled picture are the same. */
  boolean filledWithOneColour() {
    return oneColour;
  }

  /** Levels of the filled picture, row, column, channel; not to be written to. */
  float[] filledLevels() {
    return filled;
  }
}
