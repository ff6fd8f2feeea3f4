package dev.quicklime.image;

/**
 * How the pixels of a picture of another size are computed. All of them are antialiased: where an
 * axis shrinks, each pixel takes in all that it covers.
 */
public enum Interpolation {
  /**
   * A triangle, as wide as the axis shrinks; to the bit what Pillow does to 8-bit pictures, and so
   * torchvision's and timm's transforms.
   */
  BILINEAR,
  /**
   * Keys' cubic convolution with a = −½ (<i>Cubic convolution interpolation for digital image
   * processing</i>, 1981), as wide as the axis shrinks; to the bit what Pillow does to 8-bit
   * pictures.
   */
  BICUBIC,
  /** The mean over the area that a pixel covers where an axis shrinks, linear where it grows. */
  AREA
}
