package dev.quicklime.report.profile;

import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a profile found, in words.
 *
 * @param summary of the profile
 */
public record ProfileFindings(ProfileSummary summary) {

  /** Errors are only told apart from that of the reference where they are so many times larger. */
  private static final double MARGIN = 10;

  /** Of interpolating at a number that was itself interpolated from. */
  private static final double ROUNDING = 1e-6;

  /** One sentence: the fewest samples of each design that reach the wanted error. */
  public String sentence(String target) {
    OptionalDouble wanted = summary.wanted(target);
    if (wanted.isEmpty()) {
      return "On %s, no error is set that samples could be counted for, and there are no fits of %s to take one from."
          .formatted(plural(target), ProfileSummary.YARDSTICK);
    }
    List<String> parts = new ArrayList<>();
    for (String design : summary.designs()) {
      if (!summary.curve(target, design).isEmpty()) {
        parts.add(part(target, design, wanted.getAsDouble()));
      }
    }
    OptionalDouble from = summary.wantedFrom(target);
    return "On %s, a relative squared error of %s%s takes %s samples."
        .formatted(
            plural(target),
            Numbers.significant(wanted.getAsDouble(), 3),
            from.isEmpty()
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", that of %s with %.0f,",
                    ProfileSummary.YARDSTICK,
                    from.getAsDouble()),
            String.join(", ", parts));
  }

  private String part(String target, String design, double error) {
    Curve curve = summary.curve(target, design);
    OptionalDouble samples = curve.samplesFor(error);
    if (samples.isEmpty()) {
      return design + " more than " + curve.points().getLast().samples();
    }
    double needed = samples.getAsDouble();
    return String.format(
        Locale.ROOT,
        "%s %s%.0f%s",
        design,
        curve.beginsAt(needed) ? "at most " : "",
        Math.ceil(needed - ROUNDING),
        comparison(target, design, error));
  }

  private String comparison(String target, String design, double error) {
    double ratio = timesFewer(target, design, error).orElse(Double.NaN);
    if (design.equals(ProfileSummary.YARDSTICK) || Double.isNaN(ratio)) {
      return "";
    }
    return ratio >= 1
        ? String.format(Locale.ROOT, " (%.1f times fewer)", ratio)
        : String.format(Locale.ROOT, " (%.1f times more)", 1 / ratio);
  }

  /** How many times fewer samples than the yardstick a design needs for an error. */
  OptionalDouble timesFewer(String target, String design, double error) {
    OptionalDouble yardstick = summary.curve(target, ProfileSummary.YARDSTICK).samplesFor(error);
    OptionalDouble samples = summary.curve(target, design).samplesFor(error);
    return yardstick.isEmpty() || samples.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(yardstick.getAsDouble() / samples.getAsDouble());
  }

  /** Says so where the reference is not known much better than the smallest error about it. */
  public Optional<String> warning(String target) {
    String worst = "";
    double least = MARGIN;
    for (String design : summary.designs()) {
      double error = smallest(target, design);
      double ratio = error / summary.uncertainty(target, design);
      if (ratio < least) {
        least = ratio;
        worst = design;
      }
    }
    return worst.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "On %s, the converged coefficients are themselves known to an error of %s only, more"
                    .formatted(
                        plural(target), Numbers.significant(summary.uncertainty(target, worst), 2))
                + (" than a tenth of the smallest error of %s, %s; errors and coverage near it are"
                        + " uncertain, which a reference of more samples mends.")
                    .formatted(worst, Numbers.significant(smallest(target, worst), 2)));
  }

  private double smallest(String target, String design) {
    return summary.curve(target, design).points().stream()
        .mapToDouble(point -> point.error().mean())
        .filter(Double::isFinite)
        .min()
        .orElse(Double.NaN);
  }

  /** What is explained, as it is spoken of. */
  static String plural(String target) {
    return switch (target) {
      case "logit" -> "logits";
      case "probability" -> "probabilities";
      case "sigmoid" -> "sigmoids of logits";
      default -> target;
    };
  }
}
