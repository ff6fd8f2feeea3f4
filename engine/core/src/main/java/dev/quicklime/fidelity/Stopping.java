package dev.quicklime.fidelity;

import java.util.List;
import java.util.Objects;

/**
 * Why sampling ended where it did.
 *
 * @param bound what was asked: the largest standard error relative to the range of the
 *     coefficients; 0 if nothing was
 * @param errorBound what was asked of the largest error of all coefficients at once; 0 if nothing
 * @param limit samples that would have been scored at most
 * @param strongest how many superpixels of each class were looked at for stability
 * @param looks what was known when, at least one; the last of them is where sampling ended
 * @param reached for each class its largest standard error relative to the range of its
 *     coefficients, at the last look; infinite where there are no standard errors
 * @param largestErrors for each class what the largest error of all its coefficients stays under in
 *     95 of 100 explanations, relative to their range, at the last look; infinite likewise
 */
public record Stopping(
    double bound,
    double errorBound,
    int limit,
    int strongest,
    List<Look> looks,
    List<Double> reached,
    List<Double> largestErrors) {

  /** Copies the lists. */
  public Stopping {
    Objects.requireNonNull(looks, "looks");
    Objects.requireNonNull(reached, "reached");
    looks = List.copyOf(looks);
    Objects.requireNonNull(largestErrors, "largestErrors");
    reached = List.copyOf(reached);
    largestErrors = List.copyOf(largestErrors);
  }

  /** The look at which sampling ended. */
  public Look last() {
    return looks.getLast();
  }

  /** Whether every bound that was asked for was reached. */
  public boolean met() {
    return (bound == 0 || last().reached() <= bound)
        && (errorBound == 0 || last().largestError() <= errorBound);
  }
}
