package dev.quicklime.report.drawing;

/**
 * A colour as it is seen: Ottosson's Oklab, whose distances are about those that an eye tells. Of
 * sRGB with the usual white.
 *
 * @param lightness 0 for black, 1 for white
 * @param a from green below 0 to red
 * @param b from blue below 0 to yellow
 */
record Oklab(double lightness, double a, double b) {

  /** A colour, 0xRRGGBB. */
  static Oklab of(int rgb) {
    double red = linear(rgb >> 16 & 0xff);
    double green = linear(rgb >> 8 & 0xff);
    double blue = linear(rgb & 0xff);
    double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return new Oklab(
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
  }

  /** The nearest colour that a screen has, 0xRRGGBB. */
  int rgb() {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return coded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16
        | coded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8
        | coded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
  }

  /** The colour between two others, by how it is seen. */
  static int mix(int from, int to, double share) {
    Oklab start = of(from);
    Oklab end = of(to);
    return new Oklab(
            start.lightness + (end.lightness - start.lightness) * share,
            start.a + (end.a - start.a) * share,
            start.b + (end.b - start.b) * share)
        .rgb();
  }

  /** How different two colours look; a difference of about .02 is just seen. */
  double distance(Oklab other) {
    return Math.hypot(Math.hypot(lightness - other.lightness, a - other.a), b - other.b);
  }

  private static double cube(double x) {
    return x * x * x;
  }

  /** A level of a screen in proportion to its light, 0 to 1. */
  static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  /** The level of a screen for a light. */
  static int coded(double light) {
    double share = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.clamp(share, 0, 1));
  }
}
