package dev.quicklime.report.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Writes numbers as a reader expects them, the same in figures and text: a point, a true minus, no
 * more digits than mean something.
 */
public final class Numbers {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numbers() {}

  /** A number with so many significant digits; very large and very small ones as a power of ten. */
  public static String significant(double value, int digits) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : "undefined";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent > 6) {
      BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
      return minus(mantissa.toPlainString()) + "×10" + superscript(exponent);
    }
    int decimals = Math.max(0, digits - 1 - exponent);
    return fixed(rounded.doubleValue(), decimals);
  }

  /** A number with so many decimals. */
  public static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return minus(text.matches("-0(\\.0*)?") ? text.substring(1) : text);
  }

  /** The same with a plus before a positive number. */
  public static String signed(double value, int decimals) {
    return (value > 0 ? "+" : "") + fixed(value, decimals);
  }

  /** A decimal number with so many decimals, at least as many as it has: nothing is rounded. */
  public static String plain(BigDecimal value, int decimals) {
    return minus(value.setScale(decimals).toPlainString());
  }

  /** A decimal number with all its digits as a multiple of a power of ten: "2.5×10⁻⁷", "10⁻⁶". */
  public static String power(BigDecimal value) {
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    String power = "10" + superscript(exponent);
    BigDecimal mantissa = bare.scaleByPowerOfTen(-exponent);
    return mantissa.abs().compareTo(BigDecimal.ONE) == 0
        ? (mantissa.signum() < 0 ? "−" : "") + power
        : minus(mantissa.toPlainString()) + "×" + power;
  }

  /** How many decimals give the largest of several numbers three significant digits. */
  public static int decimals(double largest) {
    if (!(largest > 0)) {
      return 0;
    }
    return Math.clamp(2 - (long) Math.floor(Math.log10(largest)), 0, 9);
  }

  /** A probability with three digits. One that is not quite 0 or 1 is not rounded to it. */
  public static String probability(double value) {
    return probability(value, 3);
  }

  /** The same with another number of decimals, ≥ 1. */
  static String probability(double value, int decimals) {
    double unit = Math.pow(10, -decimals);
    if (value > 0 && value < unit / 2) {
      return "< " + fixed(unit, decimals);
    }
    if (value < 1 && value >= 1 - unit / 2) {
      return "> " + fixed(1 - unit, decimals);
    }
    return fixed(value, decimals);
  }

  /** A share of the whole, as a percentage. */
  public static String percent(double share) {
    return share > 0 && share < 0.0005 ? "< 0.1 %" : fixed(100 * share, 1) + " %";
  }

  /** A count, its thousands set apart. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** "1 superpixel", "2 superpixels". */
  public static String counted(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  private static String minus(String text) {
    return text.replace('-', '−');
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text.toString();
  }
}
