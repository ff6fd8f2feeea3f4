package dev.quicklime.report.drawing;

/**
 * Colours of weights: orange above 0, blue below, which readers with any common colour blindness
 * tell apart, and white at 0. Both ways lead over a lighter colour and are walked at one pace in
 * Oklab (Ottosson, "A perceptual color space for image processing", 2020), in which they are alike
 * but for their hue: equal steps of a weight look equally large, and equal weights of opposite sign
 * equally strong.
 *
 * @param limit weight of the strongest colour, ≥ 0; 0 if there is no weight
 */
public record Heat(double limit) {

  /** Colour of a strong positive weight. */
  public static final int POSITIVE = 0xbd4d00;

  /** Colour of a strong negative weight, as light and as colourful as the positive one. */
  public static final int NEGATIVE = 0x2474cf;

  /** Colour of edges between superpixels. */
  public static final int EDGE = 0x1b2126;

  /** Share of the strongest colour in the tint of the strongest weight. */
  private static final double TINTED = 0.85;

  private static final int WHITE = 0xffffff;

  /** Colours of each way: maps colour every pixel, and more steps than these are not seen. */
  private static final int STEPS = 512;

  private static final int[] WARM = ramp(0xeab177, POSITIVE);
  private static final int[] COLD = ramp(0x86c5fa, NEGATIVE);
  private static final double[] ROUND = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

  private static int[] ramp(int middle, int end) {
    double first = Oklab.of(WHITE).distance(Oklab.of(middle));
    double second = Oklab.of(middle).distance(Oklab.of(end));
    int[] colours = new int[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double way = (first + second) * i / STEPS;
      colours[i] =
          way <= first
              ? Oklab.mix(WHITE, middle, way / first)
              : Oklab.mix(middle, end, (way - first) / second);
    }
    return colours;
  }

  /** Reaches to the next round number from the strongest weight on. */
  public static Heat upTo(double strongest) {
    if (!(strongest > 0)) {
      return new Heat(0);
    }
    double power = Math.pow(10, Math.floor(Math.log10(strongest)));
    for (double step : ROUND) {
      // A hair below counts as on it: 0.3/0.1 is not 3.
      if (step * power >= strongest * (1 - 1e-9)) {
        return new Heat(step * power);
      }
    }
    return new Heat(strongest);
  }

  /** Colour of a weight, 0xRRGGBB. */
  public int rgb(double weight) {
    return (weight < 0 ? COLD : WARM)[(int) Math.round(strength(weight) * STEPS)];
  }

  /** How strong a weight is, as a share of the strongest colour's. */
  public double strength(double weight) {
    return limit > 0 ? Math.clamp(Math.abs(weight) / limit, 0, 1) : 0;
  }

  /**
   * Opacity, 0 to 1, with which the strongest colour tints a gray picture for a weight: it grows
   * with |weight| in proportion.
   */
  public double tint(double weight) {
    return TINTED * strength(weight);
  }

  /** Colour of the edge of a superpixel with a weight, 0xRRGGBB. */
  public int edge(double weight) {
    return Pixels.mix(rgb(weight), EDGE, 0.35);
  }
}
