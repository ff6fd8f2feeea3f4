package dev.quicklime.report.drawing;

/**
 * Colours of weights: orange above 0, blue below, which readers with any common colour blindness
 * tell apart, and white at 0. Equal weights of opposite sign are equally strong.
 *
 * @param limit weight of the strongest colour, ≥ 0; 0 if there is no weight
 */
public record Heat(double limit) {

  /** Colour of a strong positive weight. */
  public static final int POSITIVE = 0xc4560a;

  /** Colour of a strong negative weight. */
  public static final int NEGATIVE = 0x1f5f9e;

  /** Colour of edges between superpixels. */
  public static final int EDGE = 0x1b2126;

  private static final int[] WARM = {0xffffff, 0xfdc07a, POSITIVE};
  private static final int[] COLD = {0xffffff, 0x8fbfe6, NEGATIVE};
  private static final double[] ROUND = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

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
    double strength = limit > 0 ? Math.clamp(Math.abs(weight) / limit, 0, 1) : 0;
    int[] stops = weight < 0 ? COLD : WARM;
    double position = strength * (stops.length - 1);
    int stop = (int) Math.min(position, stops.length - 2);
    return Pixels.mix(stops[stop], stops[stop + 1], position - stop);
  }

  /** Colour of the edge of a superpixel with a weight, 0xRRGGBB. */
  public int edge(double weight) {
    return Pixels.mix(rgb(weight), EDGE, 0.35);
  }
}
