package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.GaussianFilter;
import java.util.Objects;

/** Filters over a whole picture. */
public final class Filters {
  /** The widest blur; past it the filter costs more than it shows. */
  public static final double MAX_SIGMA = 1000;

  private Filters() {}

  /**
   * The picture blurred by a Gaussian, as floats. At the border the picture is mirrored.
   *
   * @param sigma the Gaussian's standard deviation in pixels, above 0 and at most {@link
   *     #MAX_SIGMA}
   */
  public static Image gaussianBlur(Image image, double sigma) {
    Objects.requireNonNull(image, "image");
    if (!(sigma > 0 && sigma <= MAX_SIGMA)) {
      throw new InvalidInputException(
          "sigma must be above 0 and at most " + MAX_SIGMA + ", got " + sigma);
    }
    float[] blurred =
        GaussianFilter.blur(
            image.toFloats(), image.width(), image.height(), image.channels(), sigma);
    return Image.ofFloat(image.width(), image.height(), image.channels(), blurred)
        .withNoticesOf(image);
  }
}
