package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.Arrays;

/**
 * What each row of some masks moves a linear fit by: the leverages hᵢₖ = sᵢsₖ(1 + z̃ᵢA⁻¹z̃ₖᵀ) of
 * rows i and k, s = √(w/Σw), and the vectors A⁻¹z̃ᵢᵀ, with A the factored matrix of the fit and z̃
 * centred masks. Rows are taken by the {@value #ROWS}, side by side, so that all loops run over
 * contiguous numbers. For one thread.
 */
public final class RowInfluence {

  /** Even, so that no pair is torn apart. */
  public static final int ROWS = 256;

  private final SampleSums sums;
  private final SymmetricSystem system;
  private final boolean intercept;
  private final double[] means;
  private final double[][] white;
  private final double[] own = new double[ROWS];
  private final double[] next = new double[ROWS];

  public RowInfluence(ClassProblem problem, SymmetricSystem system) {
    sums = problem.sums();
    this.system = system;
    this.intercept = problem.intercept();
    int size = system.size();
    means = new double[size];
    for (int a = 0; a < size; a++) {
      means[a] = intercept ? problem.equations().form().mean(system.columns()[a]) : 0;
    }
    white = new double[size][ROWS];
  }

  /**
   * Computes leverages and vectors of some rows.
   *
   * @param first first row
   * @param count how many, up to {@link #ROWS}
   */
  public void take(int first, int count) {
    leverages(first, count);
    backward(count);
  }

  /** The same, but for the vectors. */
  public void leverages(int first, int count) {
    center(first, count);
    forward(count);
    double constant = intercept ? 1 : 0;
    Arrays.fill(own, constant);
    Arrays.fill(next, constant);
    for (double[] values : white) {
      for (int i = 0; i < count; i++) {
        own[i] += values[i] * values[i];
      }
      for (int i = 0; i + 1 < count; i++) {
        next[i] += values[i] * values[i + 1];
      }
    }
  }

  private void center(int first, int count) {
    int[] columns = system.columns();
    for (int a = 0; a < columns.length; a++) {
      sums.columns().copy(columns[a], first, count, means[a], white[a]);
    }
  }

  /** Solves Rᵀx = z̃ for all rows. */
  private void forward(int count) {
    double[] factor = system.factor();
    int stride = system.stride();
    for (int a = 0; a < white.length; a++) {
      double[] values = white[a];
      for (int b = 0; b < a; b++) {
        subtract(values, factor[b * stride + a], white[b], count);
      }
      divide(values, factor[a * stride + a], count);
    }
  }

  /** Solves Rv = x for all rows. */
  private void backward(int count) {
    double[] factor = system.factor();
    int stride = system.stride();
    for (int a = white.length - 1; a >= 0; a--) {
      double[] values = white[a];
      for (int b = a + 1; b < white.length; b++) {
        subtract(values, factor[a * stride + b], white[b], count);
      }
      divide(values, factor[a * stride + a], count);
    }
  }

  private static void subtract(double[] from, double factor, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      from[i] -= factor * values[i];
    }
  }

  private static void divide(double[] values, double divisor, int count) {
    double inverse = 1 / divisor;
    for (int i = 0; i < count; i++) {
      values[i] *= inverse;
    }
  }

  /** hᵢₖ/(sᵢsₖ) of a row with itself, by its place among those taken. */
  public double own(int place) {
    return own[place];
  }

  /** hᵢₖ/(sᵢsₖ) of a row with the one after it. */
  public double next(int place) {
    return next[place];
  }

  /** By column that varies, then by place: A⁻¹z̃ᵢᵀ; not to be written to. */
  public double[][] vectors() {
    return white;
  }
}
