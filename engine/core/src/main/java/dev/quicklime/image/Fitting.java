package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;

/**
 * One picture's way to a model's input: a window of the picture is scaled, and a window of what
 * that gives is put into the input. Only what is put there is ever computed, which keeps the work
 * small for a picture of any shape; every window has at least one pixel.
 *
 * @param from the window of the picture
 * @param scaledWidth columns that it is scaled to
 * @param scaledHeight rows that it is scaled to
 * @param cutLeft columns of the scaled window that are left out before the first that is taken
 * @param cutTop rows that are left out likewise
 * @param to the window of the input that is filled
 * @param around what the rest of the input is filled with
 */
record Fitting(
    Window from,
    long scaledWidth,
    long scaledHeight,
    long cutLeft,
    long cutTop,
    Window to,
    int around) {

  private static final int GRAY = 128;

  /** A rectangle of whole pixels. */
  record Window(int left, int top, int width, int height) {}

  static Fitting of(int sourceWidth, int sourceHeight, Preprocessing model) {
    if (sourceWidth < 1 || sourceHeight < 1) {
      throw new InvalidInputException(
          "a picture's sides must be at least 1, got " + sourceWidth + "×" + sourceHeight);
    }
    Window source = new Window(0, 0, sourceWidth, sourceHeight);
    Window input = new Window(0, 0, model.width(), model.height());
    ResizeTo resizeTo = model.resizeTo();
    if (resizeTo != null) {
      return cut(
          source,
          resizeTo.widthOf(sourceWidth, sourceHeight),
          resizeTo.heightOf(sourceWidth, sourceHeight),
          input);
    }
    return switch (model.resize()) {
      case STRETCH -> whole(source, input);
      case CROP -> whole(centred(input, source), input);
      case PAD -> whole(source, centred(source, input));
    };
  }

  private static Fitting whole(Window from, Window to) {
    return new Fitting(from, to.width(), to.height(), 0, 0, to, GRAY);
  }

  private static Fitting cut(Window source, long width, long height, Window input) {
    Window to =
        new Window(
            gap(input.width(), width),
            gap(input.height(), height),
            (int) Math.min(input.width(), width),
            (int) Math.min(input.height(), height));
    long cutLeft = half(width - to.width());
    return new Fitting(source, width, height, cutLeft, half(height - to.height()), to, 0);
  }

  /** What is filled up before a side that is too short, the odd pixel lying behind it. */
  private static int gap(int wanted, long side) {
    return (int) Math.max(0, wanted - side) / 2;
  }

  /** Half of what is too long, rounded half to even. */
  private static long half(long excess) {
    return (long) Math.rint(excess / 2.0);
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
    double scaleX = (double) scaledWidth / from.width();
    double scaleY = (double) scaledHeight / from.height();
    return new Placement(
        scaleX,
        scaleY,
        to.left() - cutLeft - from.left() * scaleX,
        to.top() - cutTop - from.top() * scaleY);
  }

  static Image fit(Image source, Preprocessing model) {
    Image image = Channels.convert(source, model.channels());
    int width = model.width();
    int height = model.height();
    if (model.resizeTo() == null && image.width() == width && image.height() == height) {
      return image;
    }
    Fitting way = of(image.width(), image.height(), model);
    int channels = image.channels();
    Resampler resampler = way.resampler(model.interpolation());
    Image fitted;
    if (image.isFloat()) {
      float[] out = new float[Math.multiplyExact(width * height, channels)];
      Arrays.fill(out, way.around);
      resampler.scale(
          image.toFloats(), image.width(), channels, out, width, way.to.left(), way.to.top());
      fitted = Image.ofFloat(width, height, channels, out);
    } else {
      byte[] out = new byte[Math.multiplyExact(width * height, channels)];
      Arrays.fill(out, (byte) way.around);
      resampler.scale(
          image.asBytes(), image.width(), channels, out, width, way.to.left(), way.to.top());
      fitted = Image.adopt(width, height, channels, out);
    }
    return fitted.withNoticesOf(image);
  }

  private Resampler resampler(Interpolation how) {
    return new Resampler(
        Resampler.Axis.of(how, from.left(), from.width(), scaledWidth, cutLeft, to.width()),
        Resampler.Axis.of(how, from.top(), from.height(), scaledHeight, cutTop, to.height()));
  }
}
