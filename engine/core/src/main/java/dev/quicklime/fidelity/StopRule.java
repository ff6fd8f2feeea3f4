package dev.quicklime.fidelity;

import dev.quicklime.InvalidInputException;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Says when enough samples are scored: once the largest standard error of a class's coefficients is
 * at most a share of the range, largest minus smallest, of these coefficients, for every class; or
 * once that of the largest error of all of them is, as their simultaneous intervals have it, see
 * {@link Intervals.Margins#simultaneous}; or once both are. With d superpixels the largest error is
 * two to four times the largest standard error, which one error alone stays under in two cases out
 * of three. It judges least squares fits, whose errors theory gives, whatever surrogate is shown in
 * the end. Coefficients that are all equal, as those of a class whose scores do not vary, are
 * settled.
 */
public final class StopRule {

  /** The strongest superpixels that stability is about are so many, and a quarter at most. */
  private static final int STRONGEST = 10;

  /** Coefficients that differ by no more than this share of the scores are equal. */
  private static final double ROUNDING = 1e-12;

  private final double bound;
  private final double errorBound;
  private final List<Look> looks = new ArrayList<>();
  private List<Double> reached = List.of();
  private List<Double> largestErrors = List.of();
  private List<Set<Integer>> strongest = List.of();

  /**
   * A rule that has not looked at any fit yet.
   *
   * @param bound largest standard error relative to the range, strictly between 0 and 1
   */
  public StopRule(double bound) {
    this(checked(bound), 0);
  }

  /**
   * A rule with two bounds, both of which are to be reached.
   *
   * @param bound largest standard error relative to the range, below 1, or 0 for none
   * @param errorBound largest error of all coefficients relative to the range, below 1, or 0 for
   *     none
   * @throws InvalidInputException if a bound is out of range or there is none
   */
  public StopRule(double bound, double errorBound) {
    if (bound != 0 || errorBound == 0) {
      checked(bound);
    }
    if (errorBound != 0) {
      checked(errorBound);
    }
    this.bound = bound;
    this.errorBound = errorBound;
  }

  private static double checked(double bound) {
    if (!(bound > 0 && bound < 1)) {
      throw new InvalidInputException("the bound must be between 0 and 1, got " + bound);
    }
    return bound;
  }

  /**
   * What a rule looks at where a surrogate is shown: least squares, or {@link Shapley} values,
   * which come with errors of their own.
   */
  public static Surrogate judged(Surrogate shown) {
    Objects.requireNonNull(shown, "shown");
    return shown instanceof Shapley ? shown : LeastSquares.defaults();
  }

  /** How many superpixels of d count as the strongest. */
  public static int strongest(int superpixels) {
    return Math.clamp(superpixels / 4, 1, STRONGEST);
  }

  /**
   * Looks at least squares fits to the samples so far.
   *
   * @param samples how many there are, more than at the look before
   * @param fits one for each class, at least one
   * @return whether that is enough
   */
  public boolean look(int samples, List<LinearFit> fits) {
    reached = fits.stream().map(fit -> share(fit, StopRule::largestStandardError)).toList();
    largestErrors = fits.stream().map(fit -> share(fit, StopRule::largestError)).toList();
    int count = strongest(fits.getFirst().coefficients().size());
    List<Set<Integer>> now =
        fits.stream()
            .<Set<Integer>>map(fit -> new HashSet<>(fit.selected().stream().limit(count).toList()))
            .toList();
    looks.add(
        new Look(samples, Collections.max(reached), Collections.max(largestErrors), kept(now)));
    strongest = now;
    return outcome(samples, count).met();
  }

  /**
   * The largest standard error of the last look, relative to the range of the coefficients of its
   * class; infinite before any.
   */
  public double reached() {
    return looks.isEmpty() ? Double.POSITIVE_INFINITY : looks.getLast().reached();
  }

  private double kept(List<Set<Integer>> now) {
    if (strongest.isEmpty()) {
      return 0;
    }
    double sum = 0;
    for (int c = 0; c < now.size(); c++) {
      Set<Integer> both = new HashSet<>(now.get(c));
      both.retainAll(strongest.get(c));
      sum += now.get(c).isEmpty() ? 1 : (double) both.size() / now.get(c).size();
    }
    return sum / now.size();
  }

  private static double largestStandardError(Intervals.Margins margins) {
    return Collections.max(margins.standardErrors());
  }

  private static double largestError(Intervals.Margins margins) {
    return IntStream.range(0, margins.standardErrors().size())
        .mapToDouble(margins::simultaneous)
        .max()
        .orElse(0);
  }

  /** What intervals say, relative to the range of the coefficients. */
  private static double share(LinearFit fit, ToDoubleFunction<Intervals.Margins> largest) {
    double range = Collections.max(fit.coefficients()) - Collections.min(fit.coefficients());
    if (range <= ROUNDING * Math.abs(fit.intercept())) {
      return 0;
    }
    return switch (fit.intervals()) {
      case Intervals.None _ -> Double.POSITIVE_INFINITY;
      case Intervals.Margins margins -> largest.applyAsDouble(margins) / range;
    };
  }

  /**
   * What there is to tell, after the last look.
   *
   * @param limit samples that would have been scored at most
   */
  public Stopping outcome(int limit, int superpixels) {
    return new Stopping(
        bound, errorBound, limit, strongest(superpixels), looks, reached, largestErrors);
  }
}
