package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Scales interleaved pixels: averages over areas where an axis shrinks, interpolates linearly where
 * it grows.
 */
public final class Resizer {
  /** Averaging over areas is only implemented up to this; more channels are scaled one by one. */
  private static final int MAX_CHANNELS_AT_ONCE = 4;

  private Resizer() {}

  /** Scales unsigned bytes; the result is rounded to bytes. */
  public static byte[] resize(
      byte[] pixels, int width, int height, int channels, int newWidth, int newHeight) {
    OpenCv.checkPixels(width, height, channels, pixels.length);
    byte[] out = new byte[size(newWidth, newHeight, channels)];
    if (channels <= MAX_CHANNELS_AT_ONCE) {
      resizeBytes(pixels, width, height, channels, out, newWidth, newHeight);
      return out;
    }
    byte[] plane = new byte[width * height];
    byte[] scaled = new byte[newWidth * newHeight];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = pixels[i * channels + c];
      }
      resizeBytes(plane, width, height, 1, scaled, newWidth, newHeight);
      for (int i = 0; i < scaled.length; i++) {
        out[i * channels + c] = scaled[i];
      }
    }
    return out;
  }

  /** Scales floats. */
  public static float[] resize(
      float[] pixels, int width, int height, int channels, int newWidth, int newHeight) {
    OpenCv.checkPixels(width, height, channels, pixels.length);
    float[] out = new float[size(newWidth, newHeight, channels)];
    if (channels <= MAX_CHANNELS_AT_ONCE) {
      resizeFloats(pixels, width, height, channels, out, newWidth, newHeight);
      return out;
    }
    float[] plane = new float[width * height];
    float[] scaled = new float[newWidth * newHeight];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = pixels[i * channels + c];
      }
      resizeFloats(plane, width, height, 1, scaled, newWidth, newHeight);
      for (int i = 0; i < scaled.length; i++) {
        out[i * channels + c] = scaled[i];
      }
    }
    return out;
  }

  private static int size(int width, int height, int channels) {
    if (width < 1 || height < 1) {
      throw new InvalidInputException(
          "a picture cannot be scaled to less than 1×1, got " + width + "×" + height);
    }
    return Math.multiplyExact(Math.multiplyExact(width, height), channels);
  }

  private static void resizeBytes(
      byte[] pixels, int width, int height, int channels, byte[] out, int newWidth, int newHeight) {
    try (PointerScope _ = new PointerScope()) {
      Mat source = new Mat(height, width, OpenCv.bytesType(channels), new BytePointer(pixels));
      new BytePointer(scale(source, newWidth, newHeight).data()).get(out);
    }
  }

  private static void resizeFloats(
      float[] pixels,
      int width,
      int height,
      int channels,
      float[] out,
      int newWidth,
      int newHeight) {
    try (PointerScope _ = new PointerScope()) {
      Mat source = new Mat(height, width, OpenCv.floatsType(channels), new FloatPointer(pixels));
      new FloatPointer(scale(source, newWidth, newHeight).data()).get(out);
    }
  }

  /** One axis may shrink while the other grows, and area averaging does the first only. */
  private static Mat scale(Mat source, int width, int height) {
    Mat current = source;
    int lowWidth = Math.min(width, source.cols());
    int lowHeight = Math.min(height, source.rows());
    if (lowWidth != current.cols() || lowHeight != current.rows()) {
      current = step(current, lowWidth, lowHeight, opencv_imgproc.INTER_AREA);
    }
    if (width != current.cols() || height != current.rows()) {
      current = step(current, width, height, opencv_imgproc.INTER_LINEAR);
    }
    return current;
  }

  private static Mat step(Mat source, int width, int height, int interpolation) {
    Mat scaled = new Mat();
    opencv_imgproc.resize(source, scaled, new Size(width, height), 0, 0, interpolation);
    return scaled;
  }
}
