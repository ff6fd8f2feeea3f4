package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fits and moments in closed form, all classes at once. Sums are taken in {@code DOUBLE}, whatever
 * the type of the arrays, which are not written to.
 *
 * <p>Systems are solved by the eigenvectors of XᵀWX, through LAPACK's {@code syev}. An eigenvalue
 * up to 1e-11 of the largest one counts as zero; its direction gets no coefficient, which gives the
 * solution of least norm. ND4J M2.1 has shorter ways, of which {@code lstsq} gives NaN for a
 * singular system, {@code InvertMatrix.pinvert} no pseudo-inverse of one, and {@code
 * Eigen.symmetricGeneralizedEigenvalues} no eigenvectors.
 */
public final class ClosedForms {

  /** An eigenvalue up to this share of the largest one is zero but for rounding. */
  private static final double ZERO = 1e-11;

  private ClosedForms() {}

  /**
   * Weighted least squares: minimises Σᵢ wᵢ (yᵢ − b − xᵢβ)² over b and β. With the intercept, β =
   * (X̃ᵀWX̃)⁻¹X̃ᵀWỹ on weighted-centred X̃ and ỹ; without it β = (XᵀWX)⁻¹XᵀWy. Where that matrix is
   * singular, β is the solution of least norm, and a notice says so.
   *
   * @param features [n, d], masks or others
   * @param weights [n], finite and ≥ 0, not all of them 0
   * @param scores [n, C], or [n] of one class
   * @param intercept whether b is fitted; otherwise b = 0
   * @throws InvalidInputException if shapes do not match, or numbers are not finite or so large
   *     that sums of their squares are not
   */
  public static LinearSolution leastSquares(
      INDArray features, INDArray weights, INDArray scores, boolean intercept) {
    return ridge(features, weights, scores, 0, intercept);
  }

  /**
   * Ridge: minimises Σᵢ wᵢ (yᵢ − b − xᵢβ)² + α‖β‖², which is scikit-learn's {@code Ridge} with
   * {@code sample_weight}: α is not divided by Σw, and b not penalised. β = (X̃ᵀWX̃ + αI)⁻¹X̃ᵀWỹ.
   *
   * @param features [n, d], masks or others
   * @param weights [n], finite and ≥ 0, not all of them 0
   * @param scores [n, C], or [n] of one class
   * @param alpha ≥ 0; 0 is {@link #leastSquares}
   * @param intercept whether b is fitted; otherwise b = 0
   * @throws InvalidInputException as {@link #leastSquares}, or if α is negative or not finite
   */
  public static LinearSolution ridge(
      INDArray features, INDArray weights, INDArray scores, double alpha, boolean intercept) {
    if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("alpha must be 0 or a positive number, got " + alpha);
    }
    RowWeights rows = RowWeights.of(weights, features);
    ClassScores targets = ClassScores.of(scores, rows, intercept);
    try (WeightedFeatures system = new WeightedFeatures(features, rows, intercept)) {
      return solve(system, targets, alpha / rows.unit());
    }
  }

  private static LinearSolution solve(WeightedFeatures system, ClassScores targets, double alpha) {
    INDArray products = system.products();
    INDArray right = system.products(targets.centred());
    int size = Math.toIntExact(products.rows());
    INDArray vectors = products.dup('f');
    INDArray values = Nd4j.create(DataType.DOUBLE, size);
    int failed = Nd4j.getBlasWrapper().lapack().syev('V', 'U', vectors, values);
    if (failed != 0) {
      throw new QuicklimeException(
          "LAPACK's syev found no eigenvalues of a matrix of %s×%s (%s)"
              .formatted(size, size, failed));
    }
    double[] factors = ClassScores.onHeap(values);
    double largest = factors[size - 1];
    int rank = 0;
    for (int i = 0; i < size; i++) {
      boolean counts = largest > 0 && factors[i] > ZERO * largest;
      factors[i] = counts ? 1 / (factors[i] + alpha) : 0;
      rank += counts ? 1 : 0;
    }
    INDArray rotated = vectors.transpose().mmul(right);
    rotated.muliColumnVector(Nd4j.createFromArray(factors).reshape(size, 1));
    return targets.inUnits(vectors.mmul(rotated), system.means(), rank, notices(rank, size, alpha));
  }

  private static List<String> notices(int rank, int size, double alpha) {
    return rank == size || alpha > 0
        ? List.of()
        : List.of(
            ("only %s of the %s columns are linearly independent: of all solutions that fit as well"
                    + " this is the one of least norm")
                .formatted(rank, size));
  }

  /**
   * Weighted second moments [d, d]: Σᵢ wᵢ (xᵢ − x̄)(xᵢ − x̄)ᵀ/Σw with the weighted mean x̄, which
   * is the covariance, or with x̄ = 0.
   *
   * @param features [n, d]
   * @param weights [n], finite and ≥ 0, not all of them 0
   * @param centred whether the mean is taken off
   * @throws InvalidInputException as {@link #leastSquares}
   */
  public static INDArray covariance(INDArray features, INDArray weights, boolean centred) {
    RowWeights rows = RowWeights.of(weights, features);
    try (WeightedFeatures system = new WeightedFeatures(features, rows, centred)) {
      return system.products().divi(rows.total());
    }
  }
}
