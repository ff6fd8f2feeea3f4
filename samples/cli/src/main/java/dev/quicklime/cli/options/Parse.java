package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the values of options. Whatever is wrong with one is said in one line: the option, the
 * rule, what was got.
 */
public final class Parse {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  /** Narrower than Java's own, which takes {@code NaN}, {@code 1f} and {@code 0x1p3}. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

  private static final Pattern PAIR = Pattern.compile("([0-9]{1,9})[xX]([0-9]{1,9})");

  private Parse() {}

  /** Two whole numbers with an x between them. */
  public record Pair(int first, int second) {}

  public static InvalidInputException wrong(String option, String rule, String text) {
    return new InvalidInputException(option + " must be " + rule + ", got " + text);
  }

  public static int whole(String option, String text, int min, int max) {
    return (int) whole(option, text, (long) min, (long) max);
  }

  public static long whole(String option, String text, long min, long max) {
    if (WHOLE.matcher(text).matches()) {
      BigInteger value = new BigInteger(text);
      if (value.compareTo(BigInteger.valueOf(min)) >= 0
          && value.compareTo(BigInteger.valueOf(max)) <= 0) {
        return value.longValue();
      }
    }
    throw wrong(option, "a whole number between " + min + " and " + max, text);
  }

  /**
   * A finite number.
   *
   * @param rule the condition in words, as what follows "must be"
   */
  public static double number(String option, String text, String rule, DoublePredicate condition) {
    if (NUMBER.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && condition.test(value)) {
        return value;
      }
    }
    throw wrong(option, rule, text);
  }

  /** Numbers with commas between them. */
  public static List<Double> numbers(
      String option, String text, String rule, DoublePredicate condition) {
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        numbers.add(number(option, part.strip(), rule, condition));
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(String.valueOf(wrong(option, rule, text).getMessage()), e);
      }
    }
    return numbers;
  }

  static Pair pair(String option, String text, String rule) {
    Matcher matcher = PAIR.matcher(text);
    if (!matcher.matches()) {
      throw wrong(option, rule, text);
    }
    return new Pair(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** A side, or width and height. */
  public static Pair sides(String option, String text) {
    return pair(
        option,
        text.matches("[0-9]+") ? text + "x" + text : text,
        "one whole number, or two as WxH");
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> E choice(String option, String text, Class<E> type) {
    return choice(
        option,
        text,
        Stream.of(type.getEnumConstants()).collect(Collectors.toMap(Parse::word, value -> value)),
        words(type));
  }

  /** One of several words. */
  public static <T> T choice(String option, String text, Map<String, T> values, String words) {
    T value = values.get(text);
    if (value == null) {
      throw wrong(option, "one of " + words, text);
    }
    return value;
  }

  static <E extends Enum<E>> String words(Class<E> type) {
    return Stream.of(type.getEnumConstants()).map(Parse::word).collect(Collectors.joining(", "));
  }

  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
