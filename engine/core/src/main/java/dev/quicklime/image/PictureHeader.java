package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.util.List;

/**
 * What a file says of its picture before anything is decoded.
 *
 * @param width columns as stored
 * @param height rows as stored
 * @param channels values of a pixel as stored
 * @param orientation how the stored picture is to be turned, 1..8 as EXIF counts
 * @param notices what will be left out of the picture
 */
record PictureHeader(long width, long height, int channels, int orientation, List<String> notices) {
  static final String ALPHA_DROPPED = "alpha channel dropped";
  static final String FIRST_FRAME = "only the first of several pictures in the file is read";
  private static final int MIN_SIDE = 8;
  private static final int CHANNELS_PER_PIXEL = 4;

  PictureHeader {
    notices = List.copyOf(notices);
  }

  /** Refuses what is too large to decode, or too small to explain. */
  void check(ReadLimits limits) {
    if (width < MIN_SIDE || height < MIN_SIDE) {
      throw new InvalidInputException(
          "a picture must be at least %d×%d, got %d×%d"
              .formatted(MIN_SIDE, MIN_SIDE, width, height));
    }
    // Neither side exceeds 2^32 in any format, but their product may exceed a long.
    if (width > limits.maxPixels() / height) {
      throw new InvalidInputException(
          "a picture must have at most %d pixels, got %d×%d"
              .formatted(limits.maxPixels(), width, height));
    }
    if (channels < 1 || channels > Image.MAX_CHANNELS) {
      throw new InvalidInputException(
          "a picture must have between 1 and %d channels, got %d"
              .formatted(Image.MAX_CHANNELS, channels));
    }
    long values = width * height * channels;
    if (values > Integer.MAX_VALUE || values / CHANNELS_PER_PIXEL > limits.maxPixels()) {
      throw new InvalidInputException(
          "a picture must have at most %d values, got %d×%d with %d channels"
              .formatted(
                  Math.min(Integer.MAX_VALUE, limits.maxPixels() * CHANNELS_PER_PIXEL),
                  width,
                  height,
                  channels));
    }
    ReadBudget.heap("a picture of %s×%s".formatted(width, height), values);
  }
}
