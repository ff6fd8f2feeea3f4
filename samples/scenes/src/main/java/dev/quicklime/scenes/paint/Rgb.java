package dev.quicklime.scenes.paint;

import dev.quicklime.InvalidInputException;

/**
 * A colour with channels in [0, 1].
 *
 * @param red red
 * @param green green
 * @param blue blue
 */
public record Rgb(double red, double green, double blue) {
  /** Refuses channels outside [0, 1]. */
  public Rgb {
    check("red", red);
    check("green", green);
    check("blue", blue);
  }

  /** From hue (any number, period 1), saturation and value in [0, 1]. */
  public static Rgb hsv(double hue, double saturation, double value) {
    return new Rgb(
        channel(hue, saturation, value),
        channel(hue - 1.0 / 3, saturation, value),
        channel(hue - 2.0 / 3, saturation, value));
  }

  /** The perceived brightness in [0, 1] (ITU-R BT.601 weights). */
  public double luma() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  /** The Euclidean distance to another colour, at most the root of 3. */
  public double distance(Rgb other) {
    double r = red - other.red;
    double g = green - other.green;
    double b = blue - other.blue;
    return Math.sqrt(r * r + g * g + b * b);
  }

  /** The colour on the way to another one, at 0 this one and at 1 the other. */
  public Rgb mix(Rgb other, double share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  private static double channel(double hue, double saturation, double value) {
    double turn = hue - Math.floor(hue);
    double fromPeak = Math.min(turn, 1 - turn) * 6;
    double purity = Math.clamp(2 - fromPeak, 0.0, 1.0);
    return value * (1 - saturation * (1 - purity));
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInputException(name + " must be between 0 and 1, got " + value);
    }
  }
}
