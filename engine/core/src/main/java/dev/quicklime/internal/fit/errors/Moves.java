package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.linear.RowInfluence;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import org.jspecify.annotations.Nullable;

/**
 * What the first rows, or pairs of a mask and its complement, move each coefficient of each class
 * by, where {@link PairShare} asks for it; nothing where it does not.
 */
final class Moves {

  private final @Nullable PairShare pairs;
  private final SymmetricSystem system;
  private final double[][][] moves;

  /** Nothing is kept yet. */
  Moves(@Nullable PairShare pairs, int classes, SymmetricSystem system) {
    this.pairs = pairs;
    this.system = system;
    moves = pairs == null ? new double[0][][] : new double[classes][system.size()][pairs.count()];
  }

  /** What {@link #kept} gave. */
  Moves(@Nullable PairShare pairs, SymmetricSystem system, double[][][] moves) {
    this.pairs = pairs;
    this.system = system;
    this.moves = moves;
  }

  /** By class, column that varies and row, or pair; not to be written to. */
  double[][][] kept() {
    return moves;
  }

  /**
   * Keeps what some rows do.
   *
   * @param first of them; row 0 belongs to no block
   * @param terms their weights times residuals, of one class
   */
  void keep(int column, int first, int blockRows, double[] terms, RowInfluence influence) {
    if (pairs == null || first == 0) {
      return;
    }
    double[][] vectors = influence.vectors();
    int from = (first - 1) / blockRows;
    int end = Math.min(pairs.count(), from + (terms.length + blockRows - 1) / blockRows);
    for (int a = 0; a < vectors.length; a++) {
      for (int g = from; g < end; g++) {
        int i = (g - from) * blockRows;
        double move = terms[i] * vectors[a][i];
        if (blockRows == 2 && i + 1 < terms.length) {
          move += terms[i + 1] * vectors[a][i + 1];
        }
        moves[column][a][g] = move;
      }
    }
  }

  /**
   * Makes squared errors of one class those of whole blocks.
   *
   * @param beta all coefficients of the class
   * @param squares by column that varies; written to
   * @param freedom their degrees of freedom, which what is not known of the blocks lessens
   */
  void balance(int column, double[] beta, double[] squares, double[] freedom) {
    if (pairs == null) {
      return;
    }
    double[] index = pairs.index(beta);
    for (int a = 0; a < squares.length; a++) {
      PairShare.Factor factor = pairs.of(system.columns()[a], beta, index, moves[column][a]);
      squares[a] *= factor.value();
      freedom[a] = 2 / (2 / freedom[a] + factor.spread());
    }
  }
}
