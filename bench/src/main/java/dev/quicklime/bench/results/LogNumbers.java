package dev.quicklime.bench.results;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** The numbers of an axis as tables show them. */
final class LogNumbers extends NumberFormat {

  private static final long serialVersionUID = 1L;

  @Override
  public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
    // 0.010 and 1000.000 read better without what says nothing.
    String digits = Digits.of(number);
    return to.append(digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits);
  }

  @Override
  public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
    return format((double) number, to, position);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException("an axis is only written");
  }
}
