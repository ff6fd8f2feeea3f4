package dev.quicklime.internal.fit.sums;

import java.util.Arrays;

/**
 * What numbers are divided by that are so large or so small that their products would leave the
 * range of a number; it costs no digit.
 */
final class PowersOfTwo {

  /** Powers of two up to which products of four factors and a million rows stay in range. */
  private static final int TAME = 150;

  private PowersOfTwo() {}

  /**
   * What some of many numbers are divided by.
   *
   * @param first index of the first of them
   * @param step from one to the next
   */
  static int exponent(double[] values, int first, int step) {
    double largest = 0;
    for (int i = first; i < values.length; i += step) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return exponent(largest);
  }

  /** The power of two that numbers up to a largest one are divided by; 0 where they are tame. */
  static int exponent(double largest) {
    if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    int exponent = Math.getExponent(largest);
    return Math.abs(exponent) > TAME ? exponent : 0;
  }

  /** Numbers divided by 2 to the exponents, which take turns; the same array where all are 0. */
  static double[] scaled(double[] values, int... exponents) {
    if (Arrays.stream(exponents).allMatch(e -> e == 0)) {
      return values;
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = Math.scalb(values[i], -exponents[i % exponents.length]);
    }
    return scaled;
  }
}
