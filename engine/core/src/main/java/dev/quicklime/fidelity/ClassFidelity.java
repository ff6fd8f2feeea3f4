package dev.quicklime.fidelity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the fit of one class can be trusted.
 *
 * @param heldOutR2 weighted R² on samples that the fit has not seen, at most 1; null where their
 *     scores do not vary or they all weigh nothing
 * @param localPredictionError distance of the local prediction from the target's true value for the
 *     picture, ≥ 0, in units of the target
 * @param infidelity see {@link HeldOut#infidelity}, ≥ 0, in squared units of the target
 * @param deletion area under the deletion curve; the smaller the better
 * @param insertion area under the insertion curve; the larger the better
 * @param deletionCurve d + 1 values as superpixels are filled from the largest coefficient on, the
 *     picture itself first
 * @param insertionCurve d + 1 values as superpixels are shown in the same order, none shown first
 * @param vsi see {@link Stability#vsi}; this and the following are null where there are no further
 *     runs to compare with, or no run gives any superpixel a weight
 * @param csi see {@link Stability#csi}; null also where fits have no standard errors
 * @param jaccard see {@link Stability#jaccard}
 * @param kendall see {@link Stability#kendall}
 * @param strongest how many of the strongest superpixels are compared, K
 */
public record ClassFidelity(
    @Nullable Double heldOutR2,
    double localPredictionError,
    double infidelity,
    double deletion,
    double insertion,
    List<Double> deletionCurve,
    List<Double> insertionCurve,
    @Nullable Double vsi,
    @Nullable Double csi,
    @Nullable Double jaccard,
    @Nullable Double kendall,
    int strongest) {

  /** Copies the lists. */
  public ClassFidelity {
    Objects.requireNonNull(deletionCurve, "deletionCurve");
    Objects.requireNonNull(insertionCurve, "insertionCurve");
    deletionCurve = List.copyOf(deletionCurve);
    insertionCurve = List.copyOf(insertionCurve);
  }
}
