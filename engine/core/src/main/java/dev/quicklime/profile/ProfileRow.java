package dev.quicklime.profile;

import dev.quicklime.design.Design;
import dev.quicklime.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good one fit of a profile is.
 *
 * @param design what its samples were drawn by
 * @param target what is explained
 * @param classIndex the class
 * @param samples how many samples the fit has
 * @param stop the bound of the stop rule that ended sampling there, or 0 where so many were asked
 *     for
 * @param seed of the samples
 * @param error squared error of the coefficients relative to the variance of the converged ones, or
 *     null where these are all equal
 * @param coverage share of the coefficients whose 95 % intervals hold the converged ones, 0 to 1,
 *     or null where there are no intervals
 * @param heldOutR2 weighted R² on samples that no fit sees, or null where scores do not vary
 * @param trainingR2 weighted R² on the samples of the fit, or null where scores do not vary
 * @param deletion area under the class's probability as superpixels are filled from the largest
 *     coefficient on, or null where it was not asked for
 * @param insertion the same as they are shown
 * @param strongest superpixels with the largest |coefficient|, the largest first
 * @param forwards pictures that the model scored for this fit
 * @param seconds the time of the fit, and of scoring so many samples in full batches
 */
public record ProfileRow(
    Design design,
    Target target,
    int classIndex,
    int samples,
    double stop,
    long seed,
    @Nullable Double error,
    @Nullable Double coverage,
    @Nullable Double heldOutR2,
    @Nullable Double trainingR2,
    @Nullable Double deletion,
    @Nullable Double insertion,
    List<Integer> strongest,
    int forwards,
    double seconds) {

  /** Copies the list. */
  public ProfileRow {
    strongest = List.copyOf(strongest);
  }
}
