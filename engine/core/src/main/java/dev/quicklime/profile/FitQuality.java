package dev.quicklime.profile;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How good one fit of a profile is; null for what was not measured or is not defined.
 *
 * @param error squared error of the coefficients relative to the variance of the converged ones, or
 *     null where these are all equal
 * @param coverage share of the coefficients whose 95 % intervals hold the converged ones, 0 to 1,
 *     or null where there are no intervals
 * @param heldOutR2 weighted R² on samples that no fit sees, or null where scores do not vary
 * @param trainingR2 weighted R² on the samples of the fit, or null where scores do not vary
 * @param deletion area under the class's probability as superpixels are filled from the largest
 *     coefficient on, or null where it was not asked for
 * @param insertion the same as they are shown
 */
public record FitQuality(
    @Nullable Double error,
    @Nullable Double coverage,
    @Nullable Double heldOutR2,
    @Nullable Double trainingR2,
    @Nullable Double deletion,
    @Nullable Double insertion)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;
}
