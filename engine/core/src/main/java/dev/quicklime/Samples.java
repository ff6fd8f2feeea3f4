package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import java.util.List;

/**
 * The perturbed samples of an explanation and what the classifier made of them. Row 0 is the
 * original. The arrays are the explanation's own and must not be written to.
 *
 * @param masks n + 1 rows, d columns
 * @param weights n + 1 weights as used in the fit
 * @param scores (n + 1) · C values of the target, row by row, the explained classes in order
 * @param classes indices of the C explained classes
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes of numbers, handed on without a copy.
public record Samples(MaskMatrix masks, double[] weights, double[] scores, List<Integer> classes) {

  /** Copies the list of classes. */
  public Samples {
    classes = List.copyOf(classes);
  }

  /** Number of rows, the original included. */
  public int rows() {
    return masks.rows();
  }

  /**
   * Value of the target.
   *
   * @param row sample, 0 for the original
   * @param position position of the class among the explained ones
   */
  public double score(int row, int position) {
    return scores[row * classes.size() + position];
  }
}
