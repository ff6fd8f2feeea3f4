package dev.quicklime.surrogate;

/** Solves small symmetric positive definite systems. */
final class Cholesky {

  /** A pivot under this share of its diagonal is zero but for rounding. */
  private static final double SINGULAR = 1e-12;

  private Cholesky() {}

  /**
   * Solves A·x = b.
   *
   * @param matrix A, of which the lower triangle is used and overwritten with its factor
   * @param vector b, overwritten with x
   * @return whether A is positive definite; otherwise the vector is of no use
   */
  static boolean solve(double[][] matrix, double[] vector) {
    int n = vector.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        if (i > j) {
          matrix[i][j] = sum / matrix[j][j];
        } else if (sum > SINGULAR * matrix[i][i]) {
          matrix[i][i] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        vector[i] -= matrix[i][k] * vector[k];
      }
      vector[i] /= matrix[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        vector[i] -= matrix[k][i] * vector[k];
      }
      vector[i] /= matrix[i][i];
    }
    return true;
  }
}
