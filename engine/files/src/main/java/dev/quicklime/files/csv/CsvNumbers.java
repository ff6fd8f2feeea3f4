package dev.quicklime.files.csv;

import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How numbers are written in a table.
 *
 * @param decimal between a number's whole and its fraction, a point or a comma
 */
record CsvNumbers(char decimal) {

  /** Narrower than Java's own, which takes {@code 1f} and {@code 0x1p3}. */
  private static final String FORM = "[+-]?([0-9]+%1$s?[0-9]*|%1$s[0-9]+)([eE][+-]?[0-9]{1,4})?";

  private static final Pattern POINTS = Pattern.compile(FORM.formatted("\\."));
  private static final Pattern COMMAS = Pattern.compile(FORM.formatted(","));

  /** Thousands set apart by points, commas, apostrophes or blanks, perhaps with a fraction. */
  private static final Pattern GROUPS =
      Pattern.compile("[+-]?[0-9]{1,3}([.,'’ \\u00a0\\u202f][0-9]{3})+([.,][0-9]*)?");

  private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]+");

  /** From here on not every whole number is one of double precision. */
  private static final double EXACT = 0x1p53;

  /** Whole numbers without a sign, as those that count columns or rows. */
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");

  /** How a number that is not known is written, in small letters. */
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

  /** How pandas has a text that is not known, in the letters that it takes for one. */
  private static final Set<String> MISSING_TEXTS =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  /** Numbers with the other of point and comma. */
  CsvNumbers other() {
    return new CsvNumbers(decimal == ',' ? '.' : ',');
  }

  /** A number's text without what stands around it, blanks and quotes after them. */
  static String bare(String value) {
    String bare = value.strip();
    boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
    return quoted ? bare.substring(1, bare.length() - 1).strip() : bare;
  }

  boolean isNumber(String value) {
    return (decimal == ',' ? COMMAS : POINTS).matcher(bare(value)).matches();
  }

  /** Whether it is a number with a fraction, which tells a point from a comma. */
  boolean isFraction(String value) {
    return value.indexOf(decimal) >= 0 && isNumber(value);
  }

  /** Whether it is a number whose thousands are set apart. */
  static boolean isGrouped(String value) {
    return GROUPS.matcher(bare(value)).matches();
  }

  /** A number that {@link #isNumber} has found to be one; infinite where it is too large. */
  double parse(String value) {
    // −0 and 0 are one value.
    return Double.parseDouble(bare(value).replace(decimal, '.')) + 0.0;
  }

  /** Whether it is a whole number of digits alone that is not the same in double precision. */
  static boolean losesDigits(String value, double parsed) {
    String bare = bare(value);
    return Math.abs(parsed) >= EXACT
        && DIGITS.matcher(bare).matches()
        && new BigDecimal(bare).compareTo(new BigDecimal(parsed)) != 0;
  }

  /** Whether a number is not known. */
  static boolean isMissing(String value) {
    return MISSING.contains(bare(value).toLowerCase(java.util.Locale.ROOT));
  }

  /** Whether a category is not known. */
  static boolean isMissingText(String value) {
    return value.isBlank() || MISSING_TEXTS.contains(value);
  }

  /** A number that may count columns or rows, or −1. */
  static int count(String value) {
    String bare = bare(value);
    return WHOLE.matcher(bare).matches() ? Integer.parseInt(bare) : -1;
  }
}
