package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Solves (C + λI)β = c over some columns for any λ ≥ 0: by a Cholesky factor, or, where the matrix
 * is singular, by its eigenvectors for the solution of least norm. Columns that do not vary have no
 * part in it. Not safe for use by several threads.
 */
public final class SymmetricSystem {

  /** An eigenvalue up to this share of the largest one is zero but for rounding. */
  private static final double ZERO = 1e-11;

  /**
   * Eigenvectors of more columns than this take minutes; a penalty that is next to nothing comes
   * close to the solution of least norm, too.
   */
  private static final int MOST_EIGENVECTORS = 1500;

  private final FactorKernel factoring = Kernels.chosen().factor();
  private final NormalEquations equations;
  private final int[] places;
  private final int[] columns;
  private final int requested;
  private final int stride;
  private final double[] factor;
  private final double[] scratch;
  private boolean leastNorm;

  public SymmetricSystem(NormalEquations equations, int[] requested) {
    this.equations = equations;
    this.requested = requested.length;
    int[] varying = new int[requested.length];
    int count = 0;
    for (int i = 0; i < requested.length; i++) {
      int j = requested[i];
      if (equations.quadratic()[j * equations.stride() + j] > QuadraticForm.FLAT) {
        varying[count++] = i;
      }
    }
    places = Arrays.copyOf(varying, count);
    columns = Arrays.stream(places).map(i -> requested[i]).toArray();
    stride = (count + 7) & -8;
    factor = new double[stride * stride];
    scratch = new double[stride];
  }

  /** Number of columns that vary. */
  public int size() {
    return columns.length;
  }

  /** Which columns vary. */
  public int[] columns() {
    return columns;
  }

  /** Length of a row of the factor. */
  public int stride() {
    return stride;
  }

  /** The upper triangular factor after {@link #factor} has succeeded; not to be written to. */
  public double[] factor() {
    return factor;
  }

  /** Factors C + λI; whether it is positive definite. */
  public boolean factor(double lambda) {
    Arrays.fill(factor, 0);
    for (int a = 0; a < columns.length; a++) {
      for (int b = a; b < columns.length; b++) {
        factor[a * stride + b] =
            equations.quadratic()[columns[a] * equations.stride() + columns[b]];
      }
      factor[a * stride + a] += lambda;
    }
    return factoring.factor(factor, stride, columns.length, scratch);
  }

  /**
   * The solution, in the order in which the columns were asked for.
   *
   * @param lambda ≥ 0; infinite where it is beyond all numbers, which leaves zeros
   */
  public double[] solve(double lambda) {
    double[] solution = new double[stride];
    leastNorm = false;
    if (columns.length > 0 && lambda < Double.MAX_VALUE / 4) {
      for (int a = 0; a < columns.length; a++) {
        solution[a] = equations.linear()[columns[a]];
      }
      if (factor(lambda)) {
        solveFactored(solution);
      } else {
        leastNorm = true;
        solution = leastNorm(solution, lambda);
      }
    }
    double[] all = new double[requested];
    for (int a = 0; a < columns.length; a++) {
      all[places[a]] = solution[a];
    }
    return all;
  }

  /** Whether the last matrix was singular. */
  public boolean leastNorm() {
    return leastNorm;
  }

  private void solveFactored(double[] solution) {
    factoring.forward(factor, stride, columns.length, solution);
    Arrays.fill(scratch, 0);
    factoring.backward(factor, stride, columns.length, solution, scratch);
  }

  /** Solves Rᵀx = b with the factor, in place of b. */
  public void forward(double[] vector) {
    factoring.forward(factor, stride, columns.length, vector);
  }

  /** A column of the inverse, by position among the columns that vary. */
  double[] inverseColumn(int position) {
    double[] unit = new double[stride];
    unit[position] = 1;
    solveFactored(unit);
    return unit;
  }

  private double[] leastNorm(double[] right, double lambda) {
    int size = columns.length;
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    double trace = 0;
    for (int a = 0; a < size; a++) {
      int row = columns[a] * equations.stride();
      trace += equations.quadratic()[row + columns[a]];
      for (int b = 0; b < size; b++) {
        matrix.set(a, b, equations.quadratic()[row + columns[b]]);
      }
    }
    if (size > MOST_EIGENVECTORS && factor(lambda + 1e-9 * trace / size)) {
      double[] close = right.clone();
      solveFactored(close);
      return close;
    }
    EigenPairs pairs = EigenPairs.of(matrix);
    double largest = Arrays.stream(pairs.values()).max().orElse(0);
    double[] solution = new double[stride];
    for (int i = 0; i < size; i++) {
      double value = pairs.values()[i];
      if (value > ZERO * largest) {
        double[] vector = pairs.vectors()[i];
        double product = 0;
        for (int a = 0; a < size; a++) {
          product += vector[a] * right[a];
        }
        for (int a = 0; a < size; a++) {
          solution[a] += vector[a] * product / (value + lambda);
        }
      }
    }
    return solution;
  }
}
