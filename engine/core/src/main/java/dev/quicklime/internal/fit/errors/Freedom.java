package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.linear.RowInfluence;
import java.util.Arrays;

/**
 * How many degrees of freedom the squared standard errors have that {@link SandwichErrors} sums up
 * over blocks: a variance that few blocks decide, or whose blocks have little left that the fit did
 * not take, is itself uncertain, and its interval must be wider. With q_g = A⁻¹Z̃_gᵀS_g, what a
 * block moves a coefficient by, s_g = q_gᵀq_g and h_g = q_gᵀH_gg q_g / s_g, Satterthwaite's ratio
 * tr(M)² / tr(M²) of Bell and McCaffrey is
 *
 * <pre>(Σs)² / (Σs² + (Σsh)²/Σh(1 − h))</pre>
 *
 * once the squares of a hat matrix's entries between blocks, whose sums over a row are h(1 − h),
 * are taken to be products of two such sums. That is exact where all blocks are alike, the degrees
 * then being blocks less coefficients, and needs no more than one pass over the blocks. Masks and
 * weights alone decide it, not scores.
 */
final class Freedom {

  /** How many sums there are of each column. */
  static final int SUMS = 4;

  private final double[] moved;
  private final double[] squares;
  private final double[] taken;
  private final double[] between;

  Freedom(int size) {
    this(new double[SUMS][size]);
  }

  /** What {@link #sums} gives, of all rows. */
  Freedom(double[][] sums) {
    moved = sums[0];
    squares = sums[1];
    taken = sums[2];
    between = sums[3];
  }

  /** {@value #SUMS} sums by column, to which those of other rows can be added. */
  double[][] sums() {
    return new double[][] {moved, squares, taken, between};
  }

  /**
   * Adds blocks.
   *
   * @param influence holds the rows
   * @param weights wᵢ/Σw of these rows
   * @param blockRows rows of a block, of which the last may be cut
   */
  void add(RowInfluence influence, double[] weights, int blockRows) {
    int count = weights.length;
    int blocks = (count + blockRows - 1) / blockRows;
    double[] first = new double[blocks];
    double[] second = new double[blocks];
    double[] own = new double[blocks];
    double[] other = new double[blocks];
    double[] cross = new double[blocks];
    for (int g = 0; g < blocks; g++) {
      int i = g * blockRows;
      first[g] = weights[i];
      own[g] = weights[i] * weights[i] * influence.own(i);
      if (blockRows == 2 && i + 1 < count) {
        second[g] = weights[i + 1];
        other[g] = weights[i + 1] * weights[i + 1] * influence.own(i + 1);
        cross[g] = 2 * weights[i] * weights[i + 1] * influence.next(i);
      }
    }
    double[][] vectors = influence.vectors();
    for (int a = 0; a < moved.length; a++) {
      double[] vector = vectors[a];
      for (int g = 0; g < blocks; g++) {
        double v = vector[g * blockRows];
        double u = blockRows == 2 ? vector[2 * g + 1] : 0;
        double s = first[g] * v * v + second[g] * u * u;
        double hs = own[g] * v * v + cross[g] * v * u + other[g] * u * u;
        double h = hs / Math.max(s, Double.MIN_NORMAL);
        moved[a] += s;
        squares[a] += s * s;
        taken[a] += hs;
        between[a] += h * (1 - h);
      }
    }
  }

  /** Degrees of freedom by column, positive; infinite where no block moves a coefficient. */
  double[] values() {
    double[] values = new double[moved.length];
    Arrays.fill(values, Double.POSITIVE_INFINITY);
    for (int a = 0; a < values.length; a++) {
      double sum = squares[a] + (between[a] > 0 ? taken[a] / between[a] * taken[a] : 0);
      if (sum > 0) {
        values[a] = moved[a] / sum * moved[a];
      }
    }
    return values;
  }
}
