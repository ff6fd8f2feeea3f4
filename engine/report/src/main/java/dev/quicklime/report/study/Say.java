package dev.quicklime.report.study;

import dev.quicklime.report.text.Numbers;
import java.util.List;
import java.util.Locale;

/** Puts numbers and names into sentences. */
final class Say {

  private Say() {}

  /** A class's name in quotation marks. */
  static String quoted(String label) {
    return "“" + label + "”";
  }

  /** "a", "a and b", "a, b and c". */
  static String list(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /** A whole number, in a word up to twelve. */
  static String number(long count) {
    List<String> words =
        List.of(
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve");
    return count < words.size() ? words.get((int) count) : Numbers.count(count);
  }

  /** "one superpixel", "two superpixels". */
  static String counted(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** A sentence with a capital letter. */
  static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Three significant digits. */
  static String three(double value) {
    return Numbers.significant(value, 3);
  }

  /** Two decimals, or three. */
  static String fixed(double value, int decimals) {
    return Numbers.fixed(value, decimals);
  }
}
