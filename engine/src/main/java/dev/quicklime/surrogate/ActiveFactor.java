package dev.quicklime.surrogate;

import dev.quicklime.internal.kernel.FactorKernel;
import java.util.Arrays;

/**
 * The columns in use on a Lasso path, their signs s, and the Cholesky factor of their part of C,
 * which grows and shrinks with them.
 */
final class ActiveFactor {

  private final FactorKernel kernel;
  private NormalEquations problem;
  private int stride;
  private int count;
  private int[] columns = new int[0];
  private int[] positions = new int[0];
  private double[] signs = new double[0];

  /** Rᵀ⁻¹c and Rᵀ⁻¹s, of which a new column only adds an element. */
  private double[] halfConstant = new double[0];

  private double[] halfSlope = new double[0];
  private double[] constant = new double[0];
  private double[] slope = new double[0];
  private double[] added = new double[0];
  private double[] factor = new double[0];

  ActiveFactor(FactorKernel kernel, NormalEquations problem) {
    this.kernel = kernel;
    this.problem = problem;
  }

  /** Starts with no columns. */
  void clear(NormalEquations newProblem) {
    problem = newProblem;
    stride = problem.stride();
    count = 0;
    if (columns.length < stride) {
      columns = new int[stride];
      positions = new int[stride];
      signs = new double[stride];
      halfConstant = new double[stride];
      halfSlope = new double[stride];
      constant = new double[stride];
      slope = new double[stride];
      added = new double[stride];
      factor = new double[stride * stride];
    }
    Arrays.fill(positions, -1);
  }

  /** Takes a column in, and returns whether it is linearly independent of those in use. */
  boolean append(int column, double sign) {
    double[] quadratic = problem.quadratic();
    int row = column * stride;
    for (int i = 0; i < count; i++) {
      added[i] = quadratic[row + columns[i]];
    }
    kernel.forward(factor, stride, count, added);
    double pivot = quadratic[row + column];
    double limit = FactorKernel.SINGULAR * pivot;
    double restConstant = problem.linear()[column];
    double restSlope = sign;
    for (int i = 0; i < count; i++) {
      pivot -= added[i] * added[i];
      restConstant -= added[i] * halfConstant[i];
      restSlope -= added[i] * halfSlope[i];
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
      int from = i * stride + Math.max(i, position + 1);
      System.arraycopy(factor, from, factor, from - 1, count + 1 - Math.max(i, position + 1));
      factor[i * stride + count] = 0;
    }
    kernel.restore(factor, stride, position, count);
    for (int i = 0; i < count; i++) {
      halfConstant[i] = problem.linear()[columns[i]];
      halfSlope[i] = signs[i];
    }
    kernel.forward(factor, stride, count, halfConstant);
    kernel.forward(factor, stride, count, halfSlope);
  }

  /** Computes the coefficients, constant − α·slope. */
  void solve() {
    System.arraycopy(halfConstant, 0, constant, 0, count);
    System.arraycopy(halfSlope, 0, slope, 0, count);
    kernel.backward(factor, stride, count, constant);
    kernel.backward(factor, stride, count, slope);
  }

  int count() {
    return count;
  }

  /** The columns in use, in the order in which they came; not to be written to. */
  int[] columns() {
    return columns;
  }

  /** Where a column stands among those in use, or −1. */
  int position(int column) {
    return positions[column];
  }

  double sign(int position) {
    return signs[position];
  }

  /** C⁻¹c over the columns in use. */
  double[] constant() {
    return constant;
  }

  /** C⁻¹s over the columns in use. */
  double[] slope() {
    return slope;
  }
}
