package dev.quicklime.bench.results;

import java.util.Locale;

/** Numbers with as many digits as they are worth. */
public final class Digits {

  private Digits() {}

  /** Three significant digits or, above 100, all before the point; never an exponent. */
  public static String of(double value) {
    return fixed(value, decimals(value, 3));
  }

  /** A number with its error, to the error's second digit. */
  static String withError(double value, double error) {
    if (!Double.isFinite(error) || error == 0) {
      return of(value);
    }
    int decimals = decimals(error, 2);
    return fixed(value, decimals) + " ± " + fixed(error, decimals);
  }

  private static int decimals(double value, int digits) {
    if (!Double.isFinite(value) || value == 0) {
      return 0;
    }
    return Math.clamp(digits - 1 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 9);
  }

  private static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
