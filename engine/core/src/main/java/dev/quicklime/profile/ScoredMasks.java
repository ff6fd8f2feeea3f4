package dev.quicklime.profile;

import dev.quicklime.design.MaskMatrix;

/**
 * Scores of some masks.
 *
 * @param masks the original, then the samples
 * @param scores for each target of the profile a value for each mask and class, mask by mask
 * @param seconds that scoring took
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ScoredMasks(MaskMatrix masks, double[][] scores, double seconds) {

  /** Without the original. */
  int samples() {
    return masks.rows() - 1;
  }

  /** The time that the first of the samples have of it. */
  double seconds(int first) {
    return seconds * first / samples();
  }
}
