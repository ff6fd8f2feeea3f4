package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Blurs interleaved floats by a Gaussian that is cut off at four standard deviations. */
public final class GaussianFilter {
  private static final double CUT_OFF = 4;

  private GaussianFilter() {}

  /** The blurred pixels; mirrored at the border, the border pixel itself included. */
  public static float[] blur(float[] pixels, int width, int height, int channels, double sigma) {
    OpenCv.checkPixels(width, height, channels, pixels.length);
    if (!(sigma > 0 && sigma <= 1000)) {
      throw new InvalidInputException("sigma must be above 0 and at most 1000, got " + sigma);
    }
    int side = 2 * Math.max(1, (int) Math.ceil(CUT_OFF * sigma)) + 1;
    float[] out = new float[pixels.length];
    try (PointerScope _ = new PointerScope()) {
      Mat source = new Mat(height, width, OpenCv.floatsType(channels), new FloatPointer(pixels));
      Mat blurred = new Mat();
      opencv_imgproc.GaussianBlur(
          source,
          blurred,
          new Size(side, side),
          sigma,
          sigma,
          opencv_core.BORDER_REFLECT,
          opencv_core.ALGO_HINT_ACCURATE);
      new FloatPointer(blurred.data()).get(out);
    }
    return out;
  }
}
