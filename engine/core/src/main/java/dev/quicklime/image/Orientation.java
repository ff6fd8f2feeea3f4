package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.Exif;
import java.lang.reflect.Array;

/** Turns and mirrors a picture the way EXIF's orientation asks for. */
final class Orientation {
  private Orientation() {}

  /** The picture as it is to be seen; the same instance where it is upright. */
  static Image apply(Image image, int orientation) {
    return orientation == Exif.UPRIGHT
        ? image
        : turned(image, orientation)
            .withNotice("turned upright by its EXIF orientation " + orientation);
  }

  /** Turned without a notice. */
  static Image turned(Image image, int orientation) {
    boolean sideways = orientation >= 5;
    int width = sideways ? image.height() : image.width();
    int height = sideways ? image.width() : image.height();
    int channels = image.channels();
    Image turned;
    if (image.isFloat()) {
      float[] out = new float[width * height * channels];
      turn(image.toFloats(), out, image, orientation, width, height);
      turned = Image.ofFloat(width, height, channels, out);
    } else {
      byte[] out = new byte[width * height * channels];
      turn(image.asBytes(), out, image, orientation, width, height);
      turned = Image.adopt(width, height, channels, out);
    }
    Image alpha = image.alpha();
    return turned.withAlpha(alpha == null ? null : turned(alpha, orientation)).withNoticesOf(image);
  }

  /** A part of the picture, its alpha with it. */
  static Image cut(Image image, int left, int top, int width, int height) {
    int channels = image.channels();
    Image part;
    if (image.isFloat()) {
      float[] out = new float[width * height * channels];
      cut(image.toFloats(), out, image, left, top, width);
      part = Image.ofFloat(width, height, channels, out);
    } else {
      byte[] out = new byte[width * height * channels];
      cut(image.asBytes(), out, image, left, top, width);
      part = Image.adopt(width, height, channels, out);
    }
    Image alpha = image.alpha();
    return part.withAlpha(alpha == null ? null : cut(alpha, left, top, width, height))
        .withNoticesOf(image);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // As turn.
  private static void cut(Object from, Object to, Image image, int left, int top, int width) {
    int row = width * image.channels();
    int rows = Array.getLength(to) / row;
    for (int y = 0; y < rows; y++) {
      int at = ((top + y) * image.width() + left) * image.channels();
      System.arraycopy(from, at, to, y * row, row);
    }
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // Object, so that bytes and floats share the loop.
  private static void turn(
      Object from, Object to, Image image, int orientation, int width, int height) {
    int channels = image.channels();
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sourceX =
            switch (orientation) {
              case 2, 3 -> right - x;
              case 4 -> x;
              case 5, 6 -> y;
              case 7, 8 -> right - y;
              default ->
                  throw new InvalidInputException(
                      "orientation must be between 1 and 8, got " + orientation);
            };
        int sourceY =
            switch (orientation) {
              case 2 -> y;
              case 3, 4 -> bottom - y;
              case 5, 8 -> x;
              default -> bottom - x;
            };
        System.arraycopy(
            from,
            (sourceY * image.width() + sourceX) * channels,
            to,
            (y * width + x) * channels,
            channels);
      }
    }
  }
}
