package dev.quicklime.report.text;

import java.math.BigDecimal;

/**
 * A power of ten that numbers of a column have in common, so that small ones are short and can be
 * compared: "+1.23" under a head that says "×10⁻⁷".
 *
 * @param exponent of the power; 0 where numbers are written as they are
 * @param decimals with which all of them are written
 */
public record PowerOfTen(int exponent, int decimals) {

  /** Decimals of numbers that are short enough as they are. */
  private static final int SHORT = 5;

  /** For numbers of which the largest has this absolute value. */
  public static PowerOfTen upTo(double largest) {
    int decimals = Numbers.decimals(largest);
    return decimals <= SHORT
        ? new PowerOfTen(0, decimals)
        : new PowerOfTen((int) Math.floor(Math.log10(largest)), 2);
  }

  /** A number as a multiple of it. */
  public String fixed(double value) {
    return Numbers.fixed(multiple(value), decimals);
  }

  /** The same with a plus before a positive number. */
  public String signed(double value) {
    return Numbers.signed(multiple(value), decimals);
  }

  private double multiple(double value) {
    return exponent == 0 ? value : value / Math.pow(10, exponent);
  }

  /** What the head of their column says besides, ", ×10⁻⁷"; nothing of numbers as they are. */
  public String head() {
    return exponent == 0 ? "" : ", ×" + Numbers.power(BigDecimal.ONE.scaleByPowerOfTen(exponent));
  }
}
