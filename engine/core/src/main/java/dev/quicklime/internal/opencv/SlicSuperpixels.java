package dev.quicklime.internal.opencv;

import dev.quicklime.InvalidInputException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_ximgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_ximgproc.SuperpixelSLIC;

/**
 * SLIC and SLICO superpixels. The native code places its seeds on a grid and dereferences them
 * unchecked, so a region for which the grid holds no seed brings the process down; {@link
 * #maxRegion} is the largest region that may be asked.
 */
public final class SlicSuperpixels {
  /** Which of the two; they differ in who sets the weight of distance against colour. */
  public enum Algorithm {
    /** The caller sets it once, as the compactness. */
    SLIC,
    /** The algorithm sets it for each superpixel anew. */
    SLICO
  }

  private static final float BLACK_TO_WHITE = 100;
  private static final int MIN_ELEMENT_PERCENT = 25;

  private SlicSuperpixels() {}

  /**
   * The largest region, in pixels, that leaves at least one seed on a picture of this size. SLIC
   * rounds {@code side/region} to the number of seeds along a side, SLICO starts at half a region
   * from the edge; both are safe up to the shorter side, which is well inside what crashes.
   */
  public static int maxRegion(int width, int height) {
    return Math.max(1, Math.min(width, height));
  }

  /**
   * Colours in which distances mean what the compactness takes them for: from black to white it is
   * 100, as in CIELAB. Pictures of 1 and 3 channels become CIELAB (a gray picture has the labels of
   * the same picture in RGB), others keep their channels, scaled; all are first smoothed over 3×3
   * pixels.
   *
   * @param pixels interleaved, in 0..255 units; what lies outside is clamped
   * @return interleaved, with {@code channels} channels, or 3 where that is 1
   */
  public static float[] features(float[] pixels, int width, int height, int channels) {
    OpenCv.checkPixels(width, height, channels, pixels.length);
    boolean colours = channels == 1 || channels == 3;
    float scale = colours ? 1 / 255f : BLACK_TO_WHITE / (255f * (float) Math.sqrt(channels));
    float[] scaled = new float[pixels.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.clamp(pixels[i], 0f, 255f) * scale;
    }
    int depth = channels == 1 ? 3 : channels;
    float[] out = new float[Math.multiplyExact(width * height, depth)];
    try (PointerScope _ = new PointerScope()) {
      Mat image = new Mat(height, width, OpenCv.floatsType(channels), new FloatPointer(scaled));
      if (channels == 1) {
        Mat repeated = new Mat();
        opencv_imgproc.cvtColor(image, repeated, opencv_imgproc.COLOR_GRAY2RGB);
        image = repeated;
      }
      Mat smooth = new Mat();
      opencv_imgproc.GaussianBlur(image, smooth, new Size(3, 3), 0);
      Mat features = smooth;
      if (colours) {
        features = new Mat();
        opencv_imgproc.cvtColor(smooth, features, opencv_imgproc.COLOR_RGB2Lab);
      }
      new FloatPointer(features.data()).get(out);
    }
    return out;
  }

  /**
   * Cuts a picture into superpixels and merges fragments smaller than a quarter of the mean
   * superpixel into a neighbour.
   *
   * @param features interleaved and finite, as {@link #features} gives them
   * @param region side of a superpixel in pixels, between 1 and {@link #maxRegion}
   * @param compactness weight of distance against colour, positive and finite; of no effect on
   *     SLICO
   * @param iterations between 1 and 1000
   * @return one label for each pixel, row by row; labels may have gaps
   * @throws InvalidInputException outside these bounds
   */
  public static int[] labels(
      float[] features,
      int width,
      int height,
      int channels,
      Algorithm algorithm,
      int region,
      float compactness,
      int iterations) {
    OpenCv.checkPixels(width, height, channels, features.length);
    int most = maxRegion(width, height);
    if (region < 1 || region > most) {
      throw new InvalidInputException(
          "the region must be between 1 and %s for a picture of %s×%s, got %s"
              .formatted(most, width, height, region));
    }
    if (!(compactness > 0) || !Float.isFinite(compactness)) {
      throw new InvalidInputException(
          "compactness must be positive and finite, got " + compactness);
    }
    if (iterations < 1 || iterations > 1000) {
      throw new InvalidInputException("iterations must be between 1 and 1000, got " + iterations);
    }
    int kind =
        switch (algorithm) {
          case SLIC -> opencv_ximgproc.SLIC;
          case SLICO -> opencv_ximgproc.SLICO;
        };
    int[] labels = new int[width * height];
    try (PointerScope _ = new PointerScope()) {
      Mat image = new Mat(height, width, OpenCv.floatsType(channels), new FloatPointer(features));
      SuperpixelSLIC slic = opencv_ximgproc.createSuperpixelSLIC(image, kind, region, compactness);
      slic.iterate(iterations);
      slic.enforceLabelConnectivity(MIN_ELEMENT_PERCENT);
      Mat result = new Mat();
      slic.getLabels(result);
      if (result.type() != opencv_core.CV_32S || !result.isContinuous()) {
        throw new IllegalStateException("superpixel labels are no plain matrix of integers");
      }
      new IntPointer(result.data()).get(labels);
    }
    return labels;
  }
}
