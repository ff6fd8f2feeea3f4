package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.Resizer;
import java.util.Arrays;

/**
 * One picture's way to a model's input: a window of the picture is scaled to a window of the input.
 * Only a crop takes less than the whole picture, only padding fills less than the whole input.
 * Cutting before scaling keeps the work small for a picture of any shape; every window has at least
 * one pixel.
 */
record Fitting(Window from, Window to) {
  private static final float PAD_VALUE = 128;

  /** A rectangle of whole pixels. */
  record Window(int left, int top, int width, int height) {}

  static Fitting of(int sourceWidth, int sourceHeight, Preprocessing model) {
    if (sourceWidth < 1 || sourceHeight < 1) {
      throw new InvalidInputException(
          "a picture's sides must be at least 1, got " + sourceWidth + "×" + sourceHeight);
    }
    Window source = new Window(0, 0, sourceWidth, sourceHeight);
    Window input = new Window(0, 0, model.width(), model.height());
    return switch (model.resize()) {
      case STRETCH -> new Fitting(source, input);
      case CROP -> new Fitting(centred(input, source), input);
      case PAD -> new Fitting(source, centred(source, input));
    };
  }

  /** The largest window in the middle of {@code inside} with the shape of {@code shape}. */
  private static Window centred(Window shape, Window inside) {
    double scale =
        Math.min(
            (double) inside.width() / shape.width(), (double) inside.height() / shape.height());
    int width = Math.clamp(Math.round(shape.width() * scale), 1, inside.width());
    int height = Math.clamp(Math.round(shape.height() * scale), 1, inside.height());
    return new Window((inside.width() - width) / 2, (inside.height() - height) / 2, width, height);
  }

  Placement placement() {
    double scaleX = (double) to.width() / from.width();
    double scaleY = (double) to.height() / from.height();
    return new Placement(
        scaleX, scaleY, to.left() - from.left() * scaleX, to.top() - from.top() * scaleY);
  }

  static Image fit(Image source, Preprocessing model) {
    Image image = Channels.convert(source, model.channels());
    if (image.width() == model.width() && image.height() == model.height()) {
      return image;
    }
    Fitting way = of(image.width(), image.height(), model);
    Image fitted =
        image.isFloat()
            ? way.fitFloats(image, model.width(), model.height())
            : way.fitBytes(image, model.width(), model.height());
    return fitted.withNoticesOf(image);
  }

  private Image fitFloats(Image image, int width, int height) {
    int channels = image.channels();
    float[] part = new float[from.width() * from.height() * channels];
    copyRows(image.toFloats(), image.width(), from, part, from.width(), 0, 0, channels);
    float[] scaled =
        Resizer.resize(part, from.width(), from.height(), channels, to.width(), to.height());
    float[] out = new float[Math.multiplyExact(width * height, channels)];
    Arrays.fill(out, PAD_VALUE);
    copyRows(scaled, to.width(), origin(to), out, width, to.left(), to.top(), channels);
    return Image.ofFloat(width, height, channels, out);
  }

  private Image fitBytes(Image image, int width, int height) {
    int channels = image.channels();
    byte[] part = new byte[from.width() * from.height() * channels];
    copyRows(image.toBytes(), image.width(), from, part, from.width(), 0, 0, channels);
    byte[] scaled =
        Resizer.resize(part, from.width(), from.height(), channels, to.width(), to.height());
    byte[] out = new byte[Math.multiplyExact(width * height, channels)];
    Arrays.fill(out, (byte) PAD_VALUE);
    copyRows(scaled, to.width(), origin(to), out, width, to.left(), to.top(), channels);
    return Image.of8(width, height, channels, out);
  }

  private static Window origin(Window window) {
    return new Window(0, 0, window.width(), window.height());
  }

  /**
   * Copies a window of one array of pixels to a place in another; both hold bytes or both floats.
   */
  @SuppressWarnings("SuspiciousSystemArraycopy") // Object, so that bytes and floats share the loop.
  private static void copyRows(
      Object source,
      int sourceWidth,
      Window window,
      Object target,
      int targetWidth,
      int left,
      int top,
      int channels) {
    for (int y = 0; y < window.height(); y++) {
      int from = ((window.top() + y) * sourceWidth + window.left()) * channels;
      int to = ((top + y) * targetWidth + left) * channels;
      System.arraycopy(source, from, target, to, window.width() * channels);
    }
  }
}
