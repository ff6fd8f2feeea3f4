package dev.quicklime.fidelity;

import java.util.List;
import java.util.Objects;

/**
 * Why sampling ended where it did.
 *
 * @param bound what was asked: the largest standard error relative to the range of the coefficients
 * @param limit samples that would have been scored at most
 * @param strongest how many superpixels of each class were looked at for stability
 * @param looks what was known when, at least one; the last of them is where sampling ended
 * @param reached for each class its largest standard error relative to the range of its
 *     coefficients, at the last look; infinite where there are no standard errors
 */
public record Stopping(
    double bound, int limit, int strongest, List<Look> looks, List<Double> reached) {

  /** Copies the lists. */
  public Stopping {
    Objects.requireNonNull(looks, "looks");
    Objects.requireNonNull(reached, "reached");
    looks = List.copyOf(looks);
    reached = List.copyOf(reached);
  }

  /** The look at which sampling ended. */
  public Look last() {
    return looks.getLast();
  }

  /** Whether the bound was reached. */
  public boolean met() {
    return last().reached() <= bound;
  }
}
