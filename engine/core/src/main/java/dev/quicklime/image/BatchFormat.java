package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * What one picture looks like inside a classifier's batch.
 *
 * @param preprocessing size, channels and normalisation
 * @param type number format of an element
 * @param layout order of the elements
 */
public record BatchFormat(Preprocessing preprocessing, PixelType type, Layout layout) {

  /**
   * Refuses what is missing.
   *
   * @throws InvalidInputException if the elements are {@link PixelType#UINT8} and the preprocessing
   *     does not leave levels {@linkplain Preprocessing#leavesLevels as they are}
   */
  public BatchFormat {
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(layout, "layout");
    if (type == PixelType.UINT8 && !preprocessing.leavesLevels()) {
      throw new InvalidInputException(
          "pixels of whole levels need a mean of 0 and a deviation of 1/255, got %s and %s"
              .formatted(preprocessing.mean(), preprocessing.std()));
    }
  }

  /** Single-precision numbers, channel by channel. */
  public static BatchFormat of(Preprocessing preprocessing) {
    return new BatchFormat(preprocessing, PixelType.FLOAT32, Layout.NCHW);
  }

  /** Elements of one picture: channels · height · width. */
  public int elements() {
    return Math.multiplyExact(
        preprocessing.channels(),
        Math.multiplyExact(preprocessing.width(), preprocessing.height()));
  }

  /** Bytes of one picture. */
  public long bytes() {
    return (long) elements() * type.bytes();
  }
}
