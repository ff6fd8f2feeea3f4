package dev.quicklime.fidelity;

import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far linear weights follow the model, in a word, from a fit's own numbers.
 *
 * <ul>
 *   <li>closely: R² is at least {@value #GOOD_R2}, the local error at most {@value #GOOD_ERROR},
 *       and no interval reaches further than {@value #GOOD_MARGIN} to either side
 *   <li>hardly: R² is under {@value #POOR_R2}, or the local error above {@value #POOR_ERROR}, or an
 *       interval reaches further than {@value #POOR_MARGIN}
 *   <li>roughly: everything else
 * </ul>
 *
 * @param follows the word
 * @param r2 R² on samples that the fit has not seen where there are such; else adjusted for what it
 *     has chosen, 1 − (1 − R²)(n − 1)/(n − k − 1) with n effective samples and k coefficients that
 *     are not 0, and 0 where n is no more than k + 1
 * @param heldOut whether it is on samples that the fit has not seen
 * @param localError distance of the local prediction from the value that is explained, relative to
 *     the range of the samples' values
 * @param margin half-width of the widest 95 % interval, relative to the range of the coefficients
 *     and 0; null where there are no intervals
 */
public record Verdict(
    Follows follows, double r2, boolean heldOut, double localError, @Nullable Double margin) {

  static final double GOOD_R2 = 0.8;
  static final double GOOD_ERROR = 0.15;
  static final double GOOD_MARGIN = 0.25;
  static final double POOR_R2 = 0.5;
  static final double POOR_ERROR = 0.5;
  static final double POOR_MARGIN = 1;

  /** How far weights follow a model. */
  public enum Follows {
    /** The weights tell nearly all of what the model does, and are well known. */
    CLOSELY,
    /** They tell the most of it, or are known with some doubt. */
    ROUGHLY,
    /** They are a hint at best. */
    HARDLY;

    /** The word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what is missing. */
  public Verdict {
    Objects.requireNonNull(follows, "follows");
  }

  /**
   * Judges a fit.
   *
   * @param localPrediction its value for what is explained
   * @param value the true one
   * @param range largest less smallest value of all samples
   * @param effectiveSamples (Σw)²/Σw²
   * @param heldOutR2 R² on samples that the fit has not seen, or null
   * @return null where the values do not vary, so that there is nothing to follow
   */
  public static @Nullable Verdict of(
      LinearFit fit,
      double localPrediction,
      double value,
      double range,
      double effectiveSamples,
      @Nullable Double heldOutR2) {
    Objects.requireNonNull(fit, "fit");
    Double own = fit.r2();
    if (own == null || !(range > 0)) {
      return null;
    }
    double r2 = heldOutR2 != null ? heldOutR2 : adjusted(fit, own, effectiveSamples);
    double error = Math.abs(localPrediction - value) / range;
    Double margin = margin(fit);
    return new Verdict(follows(r2, error, margin), r2, heldOutR2 != null, error, margin);
  }

  private static Follows follows(double r2, double error, @Nullable Double margin) {
    double width = margin == null ? 0 : margin;
    if (!(r2 >= POOR_R2 && error <= POOR_ERROR && width <= POOR_MARGIN)) {
      return Follows.HARDLY;
    }
    return r2 >= GOOD_R2 && error <= GOOD_ERROR && width <= GOOD_MARGIN
        ? Follows.CLOSELY
        : Follows.ROUGHLY;
  }

  private static double adjusted(LinearFit fit, double r2, double samples) {
    int chosen = fit.selected().size();
    double freedom = samples - chosen - 1;
    return freedom > 0 ? 1 - (1 - r2) * (samples - 1) / freedom : 0;
  }

  private static @Nullable Double margin(LinearFit fit) {
    if (!(fit.intervals() instanceof Intervals.Margins margins) || fit.coefficients().isEmpty()) {
      return null;
    }
    double range =
        Math.max(0, Collections.max(fit.coefficients()))
            - Math.min(0, Collections.min(fit.coefficients()));
    return range > 0 ? Collections.max(margins.halfWidths()) / range : null;
  }

  /** The sentence: "follows the model closely". */
  public String words() {
    return "follows the model " + follows.word();
  }

  /** What it rests on, in a clause: "adjusted R² 0.91, local error 3 %, intervals within 12 %". */
  public String because() {
    String text =
        String.format(
            Locale.ROOT,
            "%s R² %.2f, local error %.0f %% of the scores' range",
            heldOut ? "held-out" : "adjusted",
            r2,
            100 * localError);
    return margin == null
        ? text
        : text
            + String.format(
                Locale.ROOT, ", intervals within %.0f %% of the weights' range", 100 * margin);
  }
}
