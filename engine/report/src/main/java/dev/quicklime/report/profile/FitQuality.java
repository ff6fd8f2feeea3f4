package dev.quicklime.report.profile;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a fit of a profile is; null for what was not measured or is not defined.
 *
 * @param error relative squared error of the coefficients
 * @param coverage share of the coefficients whose 95 % intervals hold the converged ones
 * @param heldOutR2 R² on samples that no fit saw
 * @param trainingR2 R² on the samples of the fit
 * @param deletion area under the probability as superpixels are filled
 * @param insertion the same as they are shown
 * @param strongest numbers of the strongest superpixels with spaces between them; of a reference,
 *     the design that it is the reference of
 */
@JsonPropertyOrder({
  "error",
  "coverage",
  "heldOutR2",
  "trainingR2",
  "deletion",
  "insertion",
  "strongest"
})
record FitQuality(
    @Nullable Double error,
    @Nullable Double coverage,
    @Nullable Double heldOutR2,
    @Nullable Double trainingR2,
    @Nullable Double deletion,
    @Nullable Double insertion,
    @Nullable String strongest) {

  /** The strongest superpixels, by number; of a fit, not of a reference. */
  List<Integer> top() {
    String listed = strongest;
    return listed == null || listed.isBlank()
        ? List.of()
        : Arrays.stream(listed.split(" ", -1)).map(Integer::valueOf).toList();
  }
}
