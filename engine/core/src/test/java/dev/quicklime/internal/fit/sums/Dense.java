package dev.quicklime.internal.fit.sums;

import dev.quicklime.design.MaskMatrix;

/** Plain dense algebra for comparison, written without any of the code under test. */
public final class Dense {

  private Dense() {}

  public static double[][] matrix(MaskMatrix masks) {
    double[][] x = new double[masks.rows()][masks.columns()];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = masks.shown(i, j) ? 1 : 0;
      }
    }
    return x;
  }

  /**
   * Weighted least squares with an intercept, by Gaussian elimination; the intercept comes first.
   */
  public static double[] leastSquares(double[][] x, double[] y, double[] w) {
    int d = x[0].length + 1;
    double[][] a = new double[d][d + 1];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < d; j++) {
        double xj = j == 0 ? 1 : x[i][j - 1];
        for (int k = 0; k < d; k++) {
          a[j][k] += w[i] * xj * (k == 0 ? 1 : x[i][k - 1]);
        }
        a[j][d] += w[i] * xj * y[i];
      }
    }
    return solve(a);
  }

  public static double[] solve(double[][] a) {
    int n = a.length;
    for (int c = 0; c < n; c++) {
      int pivot = c;
      for (int r = c + 1; r < n; r++) {
        if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) {
          pivot = r;
        }
      }
      double[] swap = a[c];
      a[c] = a[pivot];
      a[pivot] = swap;
      for (int r = 0; r < n; r++) {
        if (r != c) {
          double factor = a[r][c] / a[c][c];
          for (int k = c; k <= n; k++) {
            a[r][k] -= factor * a[c][k];
          }
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = a[i][n] / a[i][i];
    }
    return solution;
  }
}
