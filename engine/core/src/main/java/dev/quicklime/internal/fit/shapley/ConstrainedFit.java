package dev.quicklime.internal.fit.shapley;

import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Minimises Σᵢ wᵢ (yᵢ − e − zᵢβ)² over β under Σβ = c, for scores y of masks z. With the projection
 * P = I − 11ᵀ/d and β = c/d + γ, where Pγ = γ, what is left is PSPγ = P(r − S1·c/d) with S =
 * ZᵀWZ/Σw and r = ZᵀW(y − e)/Σw; adding a multiple of 11ᵀ to the singular PSP leaves γ as it is.
 * Where the masks do not determine γ it is the solution of least norm: what is not known is shared
 * evenly.
 *
 * <p>The matrix is factored once for all scores of the same masks. For one thread.
 */
final class ConstrainedFit {

  /** A pivot up to this share of the largest one is zero but for rounding. */
  private static final double ZERO = 1e-10;

  /** Singular vectors of more columns than this would take minutes. */
  private static final int MOST_SINGULAR_VECTORS = 1000;

  private final int size;
  private final double total;
  private final double[] means;
  private final double[] rowSums;
  private final LinearSolverDense<DMatrixRMaj> solver;
  private final boolean determined;

  ConstrainedFit(Gram gram) {
    size = gram.columns();
    total = gram.totalWeight();
    means = new double[size];
    rowSums = new double[size];
    double all = 0;
    double trace = 0;
    for (int j = 0; j < size; j++) {
      means[j] = gram.sum(j) / total;
      for (int k = 0; k < size; k++) {
        rowSums[j] += gram.product(j, k) / total;
      }
      all += rowSums[j];
      trace += gram.product(j, j) / total;
    }
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    double shift = trace / size / size;
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        double centred =
            gram.product(j, k) / total
                - (rowSums[j] + rowSums[k]) / size
                + all / ((double) size * size);
        matrix.set(j, k, centred + shift);
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(size, true);
    determined = cholesky.decompose(matrix.copy()) && regular(cholesky.getT(null));
    if (!determined && size > MOST_SINGULAR_VECTORS) {
      for (int j = 0; j < size; j++) {
        matrix.add(j, j, trace / size * 1e-9);
      }
    }
    solver =
        determined || size > MOST_SINGULAR_VECTORS
            ? LinearSolverFactory_DDRM.chol(size)
            : LinearSolverFactory_DDRM.pseudoInverse(true);
    if (!solver.setA(matrix)) {
      throw new IllegalStateException("a positive semidefinite matrix could not be factored");
    }
  }

  private static boolean regular(DMatrixRMaj triangle) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < triangle.numRows; j++) {
      double pivot = triangle.get(j, j) * triangle.get(j, j);
      largest = Math.max(largest, pivot);
      smallest = Math.min(smallest, pivot);
    }
    return smallest > ZERO * largest;
  }

  /** Whether the masks determine all coefficients. */
  boolean determined() {
    return determined;
  }

  /**
   * Fits scores.
   *
   * @param moments of the scores, with the weights of the Gram matrix
   * @param empty e
   * @param sum c
   */
  double[] solve(Moments moments, double empty, double sum) {
    DMatrixRMaj right = new DMatrixRMaj(size, 1);
    double mean = 0;
    for (int j = 0; j < size; j++) {
      // Moments are centred at the mean score.
      double product = moments.product(j) / total + (moments.mean() - empty) * means[j];
      right.set(j, product - rowSums[j] * sum / size);
      mean += right.get(j) / size;
    }
    for (int j = 0; j < size; j++) {
      right.add(j, 0, -mean);
    }
    DMatrixRMaj solution = new DMatrixRMaj(size, 1);
    solver.solve(right, solution);
    double[] beta = solution.getData().clone();
    // Rounding apart these add up to 0.
    double rest = Arrays.stream(beta).sum() / size;
    for (int j = 0; j < size; j++) {
      beta[j] += sum / size - rest;
    }
    return beta;
  }
}
