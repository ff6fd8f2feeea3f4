package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.fit.sums.Gram;
import java.util.Arrays;

/**
 * The part of a least-squares problem that all classes share: ZᵀWZ/Σw, with an intercept less the
 * products of the weighted means, which takes the intercept out of the problem.
 */
public final class QuadraticForm {

  /** A column of masks whose variance is under this is constant but for rounding. */
  public static final double FLAT = 1e-13;

  private double[] matrix = new double[0];
  private double[] means = new double[0];
  private int size;
  private int stride;
  private double totalWeight;
  private boolean intercept;

  public static QuadraticForm of(Gram gram, boolean intercept) {
    QuadraticForm form = new QuadraticForm();
    form.fill(gram, intercept);
    return form;
  }

  /** Takes other masks; problems that were filled from the form before are of no use any more. */
  public void fill(Gram gram, boolean withIntercept) {
    size = gram.columns();
    stride = gram.stride();
    totalWeight = gram.totalWeight();
    intercept = withIntercept;
    if (matrix.length < stride * stride) {
      matrix = new double[stride * stride];
    }
    if (means.length < stride) {
      means = new double[stride];
    }
    double[] products = gram.products();
    double scale = 1 / totalWeight;
    for (int j = 0; j < size; j++) {
      means[j] = gram.sum(j) * scale;
    }
    Arrays.fill(means, size, stride, 0);
    for (int j = 0; j < size; j++) {
      double centre = intercept ? means[j] : 0;
      for (int k = 0, at = j * stride; k < stride; k++, at++) {
        matrix[at] = products[at] * scale - centre * means[k];
      }
    }
  }

  /** The same form with a multiple of the identity added. */
  public QuadraticForm shifted(double lambda) {
    QuadraticForm other = new QuadraticForm();
    other.size = size;
    other.stride = stride;
    other.totalWeight = totalWeight;
    other.intercept = intercept;
    other.means = means;
    other.matrix = matrix.clone();
    for (int j = 0; j < size; j++) {
      other.matrix[j * stride + j] += lambda;
    }
    return other;
  }

  /** Number of coefficients, d. */
  int size() {
    return size;
  }

  /** Length of a row of {@link #matrix()}: d, rounded up to a multiple of eight. */
  int stride() {
    return stride;
  }

  /** Row-major d × d matrix C, its rows filled up with zeros; not to be written to. */
  double[] matrix() {
    return matrix;
  }

  /** Weighted mean of a column. */
  double mean(int column) {
    return means[column];
  }

  double totalWeight() {
    return totalWeight;
  }

  boolean intercept() {
    return intercept;
  }
}
