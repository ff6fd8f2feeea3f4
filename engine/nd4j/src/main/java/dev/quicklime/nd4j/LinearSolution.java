package dev.quicklime.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Linear models of the same samples, one for each of C classes: score ≈ intercept + coefficients·z.
 *
 * @param coefficients [C, d], {@code DOUBLE}, in units of the score
 * @param intercepts [C], {@code DOUBLE}; zeros where none was fitted
 * @param rank how many of the d columns are linearly independent over the samples that carry
 *     weight, constant columns left out where there is an intercept
 * @param notices what a reader should know, as that many solutions fit equally and this is the one
 *     of least norm
 */
public record LinearSolution(
    INDArray coefficients, INDArray intercepts, int rank, List<String> notices) {

  /** Copies the list. */
  public LinearSolution {
    notices = List.copyOf(notices);
  }
}
