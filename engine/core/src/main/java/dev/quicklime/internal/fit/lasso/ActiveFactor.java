package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import java.util.Arrays;

/**
 * The columns A in use on a Lasso path, their signs s, and a Cholesky factorisation of C that has
 * got as far as these columns: H = R⁻ᵀC_A, whose columns A are the factor R of their part of C. It
 * grows and shrinks with them. With it the coefficients u − αv, where u = C_AA⁻¹c and v = C_AA⁻¹s,
 * have the products C·u = Hᵀ(R⁻ᵀc) and C·v = Hᵀ(R⁻ᵀs), to which a new column only adds a term.
 */
final class ActiveFactor {

  private final FactorKernel factoring;
  private final CombineKernel combining;
  private NormalEquations problem;
  private int stride;
  private int count;
  private int[] columns = new int[0];
  private int[] positions = new int[0];
  private int[] firstRows = new int[0];
  private double[] signs = new double[0];
  private double[] factor = new double[0];
  private double[] half = new double[0];

  /** R⁻ᵀc and R⁻ᵀs. */
  private double[] halfConstant = new double[0];

  private double[] halfSlope = new double[0];
  private double[] constant = new double[0];
  private double[] slope = new double[0];
  private double[] constantProducts = new double[0];
  private double[] slopeProducts = new double[0];
  private double[] added = new double[0];

  ActiveFactor(NormalEquations problem, KernelSet kernels) {
    this.problem = problem;
    factoring = kernels.factor();
    combining = kernels.combine();
  }

  /** Starts with no columns. */
  void clear(NormalEquations newProblem) {
    problem = newProblem;
    stride = problem.stride();
    count = 0;
    if (columns.length < stride) {
      columns = new int[stride];
      positions = new int[stride];
      firstRows = new int[stride];
      Arrays.setAll(firstRows, i -> i);
      signs = new double[stride];
      factor = new double[stride * stride];
      half = new double[stride * stride];
      halfConstant = new double[stride];
      halfSlope = new double[stride];
      constant = new double[stride];
      slope = new double[stride];
      constantProducts = new double[stride];
      slopeProducts = new double[stride];
      added = new double[stride];
    }
    Arrays.fill(positions, -1);
    Arrays.fill(constantProducts, 0);
    Arrays.fill(slopeProducts, 0);
  }

  /** Takes a column in, and returns whether it is linearly independent of those in use. */
  boolean append(int column, double sign) {
    double pivot = problem.quadratic()[column * stride + column];
    double limit = FactorKernel.SINGULAR * pivot;
    double restConstant = problem.linear()[column];
    double restSlope = sign;
    for (int i = 0; i < count; i++) {
      double element = half[i * stride + column];
      added[i] = element;
      pivot -= element * element;
      restConstant -= element * halfConstant[i];
      restSlope -= element * halfSlope[i];
    }
    if (!(pivot > limit)) {
      return false;
    }
    double root = Math.sqrt(pivot);
    for (int i = 0; i < count; i++) {
      factor[i * stride + count] = added[i];
    }
    Arrays.fill(factor, count * stride, (count + 1) * stride, 0);
    factor[count * stride + count] = root;
    halfConstant[count] = restConstant / root;
    halfSlope[count] = restSlope / root;
    combining.subtract(
        problem.quadratic(),
        column * stride,
        half,
        stride,
        firstRows,
        count,
        added,
        half,
        count * stride);
    double scale = 1 / root;
    for (int k = 0, at = count * stride; k < stride; k++, at++) {
      double element = half[at] * scale;
      half[at] = element;
      constantProducts[k] += halfConstant[count] * element;
      slopeProducts[k] += halfSlope[count] * element;
    }
    columns[count] = column;
    signs[count] = sign;
    positions[column] = count++;
    return true;
  }

  /** Lets a column go. */
  void remove(int position) {
    positions[columns[position]] = -1;
    count--;
    for (int i = position; i < count; i++) {
      columns[i] = columns[i + 1];
      signs[i] = signs[i + 1];
      positions[columns[i]] = i;
    }
    for (int i = 0; i <= count; i++) {
      int first = Math.max(i, position + 1);
      int from = i * stride + first;
      System.arraycopy(factor, from, factor, from - 1, count + 1 - first);
      factor[i * stride + count] = 0;
    }
    factoring.restore(factor, stride, position, count, half);
    for (int i = 0; i < count; i++) {
      halfConstant[i] = problem.linear()[columns[i]];
      halfSlope[i] = signs[i];
    }
    factoring.forward(factor, stride, count, halfConstant);
    factoring.forward(factor, stride, count, halfSlope);
    Arrays.fill(constantProducts, 0);
    Arrays.fill(slopeProducts, 0);
    multiply(halfConstant, constantProducts);
    multiply(halfSlope, slopeProducts);
  }

  /** Adds Hᵀx to sums that are 0. */
  private void multiply(double[] x, double[] sums) {
    for (int i = 0; i < count; i++) {
      added[i] = -x[i];
    }
    combining.subtract(sums, 0, half, stride, firstRows, count, added, sums, 0);
  }

  /** Computes the coefficients u − αv. */
  void solve() {
    System.arraycopy(halfConstant, 0, constant, 0, count);
    System.arraycopy(halfSlope, 0, slope, 0, count);
    factoring.backward(factor, stride, count, constant, slope);
  }

  int count() {
    return count;
  }

  /** The column at a position. */
  int column(int position) {
    return columns[position];
  }

  /** Where a column stands among those in use, or −1. */
  int position(int column) {
    return positions[column];
  }

  double sign(int position) {
    return signs[position];
  }

  /** u, by position. */
  double[] constant() {
    return constant;
  }

  /** v, by position. */
  double[] slope() {
    return slope;
  }

  /** C·u, by column. */
  double[] constantProducts() {
    return constantProducts;
  }

  /** C·v, by column. */
  double[] slopeProducts() {
    return slopeProducts;
  }
}
