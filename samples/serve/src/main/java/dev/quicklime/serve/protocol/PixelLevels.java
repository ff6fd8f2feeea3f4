package dev.quicklime.serve.protocol;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as they are read, a byte each while all of them are whole and in 0..255, else a float.
 * They become pixels in 0..255 units: floats of which all are in 0..1 and some are no whole numbers
 * are taken as shares of 255. For one thread.
 */
final class PixelLevels {

  private static final int FIRST = 1 << 12;

  private final String field;
  private byte @Nullable [] bytes = new byte[FIRST];
  private float @Nullable [] floats;
  private int size;
  private float least = Float.POSITIVE_INFINITY;
  private float most = Float.NEGATIVE_INFINITY;

  /**
   * No numbers yet.
   *
   * @param field what messages call them
   */
  PixelLevels(String field) {
    this.field = field;
  }

  int size() {
    return size;
  }

  void add(double value) {
    if (!(value >= 0 && value <= 255)) {
      throw new InvalidInputException(
          "%s must have levels between 0 and 255, got %s".formatted(field, value));
    }
    float level = (float) value;
    least = Math.min(least, level);
    most = Math.max(most, level);
    if (bytes != null && value != Math.rint(value)) {
      spread();
    }
    if (bytes != null) {
      bytes = size == bytes.length ? Arrays.copyOf(bytes, larger()) : bytes;
      bytes[size++] = (byte) (int) value;
    } else if (floats != null) {
      floats = size == floats.length ? Arrays.copyOf(floats, larger()) : floats;
      floats[size++] = level;
    }
  }

  private int larger() {
    if (size > Integer.MAX_VALUE / 2) {
      throw new InvalidInputException(field + " must have fewer levels, got " + size + " and more");
    }
    return size + (size >> 1);
  }

  private void spread() {
    byte[] whole = bytes;
    if (whole != null) {
      float[] all = new float[whole.length];
      for (int i = 0; i < size; i++) {
        all[i] = whole[i] & 0xff;
      }
      floats = all;
      bytes = null;
    }
  }

  /**
   * Some of the numbers as a picture.
   *
   * @param name what messages call the picture
   * @param first the first of them
   * @param planes whether the channels come one after the other, not the pixels
   */
  Image image(String name, int first, int width, int height, int channels, boolean planes) {
    int count = width * height * channels;
    if (channels > Image.MAX_CHANNELS) {
      throw new InvalidInputException(
          "%s must have at most %s channels, got %s".formatted(name, Image.MAX_CHANNELS, channels));
    }
    if (bytes != null) {
      byte[] all = Arrays.copyOfRange(bytes, first, first + count);
      if (planes) {
        for (int i = 0; i < count; i++) {
          all[i] = bytes[first + source(i, width * height, channels)];
        }
      }
      return Image.of8(width, height, channels, all);
    }
    float[] given = floats == null ? new float[0] : floats;
    float scale = most <= 1 ? 255 : 1;
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = given[first + (planes ? source(i, width * height, channels) : i)] * scale;
    }
    Image image = Image.ofFloat(width, height, channels, all);
    return scale == 1
        ? image
        : image.withNotice("all levels are within 0 to 1, and were taken as shares of 255");
  }

  /** Where in planes the value is that comes at a place among pixels. */
  private static int source(int place, int pixels, int channels) {
    return place % channels * pixels + place / channels;
  }
}
