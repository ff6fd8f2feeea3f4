package dev.quicklime.report.profile;

import dev.quicklime.report.text.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Phrases that text, page and captions share. */
final class ProfileWords {

  private ProfileWords() {}

  /** What means are taken over: "2 pictures, 10 seeds, 64 superpixels". */
  static String basis(ProfileSummary summary) {
    return String.join(
        ", ",
        Numbers.counted(summary.pictures(), "picture"),
        Numbers.counted(summary.seeds(), "seed"),
        superpixels(summary));
  }

  /** "64 superpixels", "58 to 66 superpixels". */
  static String superpixels(ProfileSummary summary) {
    List<Integer> range = summary.superpixels();
    return range.getFirst().equals(range.getLast())
        ? Numbers.counted(range.getFirst(), "superpixel")
        : range.getFirst() + " to " + range.getLast() + " superpixels";
  }

  /** A figure as it is read: "0.0293", or a dash where there is none. */
  static String figure(Metric metric, double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return metric == Metric.ERROR ? Numbers.significant(value, 3) : Numbers.fixed(value, 3);
  }

  /** The bound of a stop rule as it was asked for: "0.05". */
  static String bound(ProfileSummary summary) {
    return BigDecimal.valueOf(summary.bound()).stripTrailingZeros().toPlainString();
  }

  /** A name of JSON as it is read: "held out". */
  static String spaced(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
