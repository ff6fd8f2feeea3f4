package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;
import java.util.Arrays;

/**
 * Bounds what a node's free columns can add, by the perspective relaxation (Frangioni and Gentile,
 * "Perspective cuts for a class of convex 0–1 mixed integer programs", Mathematical Programming
 * 106, 2006). Where D is a diagonal matrix of positive numbers, the floors, such that B = C − D is
 * positive semidefinite, then for any vector v and any b that is not zero in at most m places T
 *
 * <p>2cᵀb − bᵀCb ≤ vᵀBv + 2rᵀb − bᵀDb ≤ vᵀBv + Σ_T r²/D, where r = c − Bv,
 *
 * <p>and the m largest terms r²/D give a bound for all T. The least bound of all v is found by
 * accelerated proximal gradients on the relaxed problem, in which a choice may be partial; however
 * far these get, the bound holds. It also says what it would be with a column in, or without it.
 *
 * <p>Bounding by least squares on all free columns, as in leaps and bounds, adds up what the noise
 * fits, a share of d/n. With the columns of masks, which are nearly orthogonal, floors are large
 * and this bound is tighter by far. Least squares is left for nodes whose columns have no floors.
 */
final class SubsetBound {

  /** Steps mostly end sooner, after {@link #PATIENCE} of them without progress. */
  private static final int MOST_STEPS = 60;

  private static final int PATIENCE = 6;

  /** A share of what a bound misses its target by. */
  private static final double PROGRESS = 0.02;

  private static final int POWER_STEPS = 12;
  private static final double FLOOR_PRECISION = 0.02;

  /** Lower floors would make bounds too weak to be of use. */
  private static final double SMALLEST_FLOOR = 1e-3;

  /** A column of which the others leave less than this has no floor. */
  private static final double SMALLEST_SHARE = 1e-6;

  /** A product with the scores, of which the largest is 1, that is 0 but for rounding. */
  private static final double NO_PRODUCT = 1e-11;

  /** By how much rounding may have let an indefinite matrix pass for a definite one. */
  private static final double FLOOR_ROUNDING = 1e-9;

  private final CombineKernel combining;
  private final FactorKernel factoring;
  private final SubsetFactor plain;
  private int[] rows = new int[0];
  private double[] factors = new double[0];
  private double[] residual = new double[0];
  private double[] terms = new double[0];
  private double[] best = new double[0];
  private double[] bestPoint = new double[0];
  private double[] point = new double[0];
  private double[] relaxed = new double[0];
  private double[] previous = new double[0];
  private double[] shifted = new double[0];
  private double[] scratch = new double[0];
  private double[] shares = new double[0];
  private double[] lambdas = new double[0];
  private double[] roots = new double[0];
  private int[] top = new int[0];
  private int topCount;
  private int dependent;
  private double bound;
  private double[] floors = new double[0];

  SubsetBound(KernelSet kernels) {
    combining = kernels.combine();
    factoring = kernels.factor();
    plain = new SubsetFactor(kernels);
  }

  private void reserve(int stride) {
    if (residual.length < stride) {
      rows = new int[stride];
      factors = new double[stride];
      residual = new double[stride];
      terms = new double[stride];
      best = new double[stride];
      bestPoint = new double[stride];
      point = new double[stride];
      relaxed = new double[stride];
      previous = new double[stride];
      shifted = new double[stride * stride];
      scratch = new double[stride];
      shares = new double[stride];
      lambdas = new double[stride];
      roots = new double[stride];
      floors = new double[stride];
      top = new int[stride + 1];
    }
  }

  /**
   * Looks for larger floors: in proportion to what of each column all others leave unexplained, so
   * that a few columns that nearly depend on each other do not lower everybody's.
   *
   * @return whether the node has floors
   */
  boolean raiseFloors(SubsetNode node) {
    reserve(node.stride());
    if (!unexplained(node)) {
      return node.floored();
    }
    double harmonic = 0;
    double before = 0;
    double low = 0;
    for (int j = 0; j < node.count(); j++) {
      harmonic += 1 / shares[j];
      before += 1 / node.floors()[j];
    }
    if (node.floored()) {
      low = harmonic / before;
    }
    double high = 1;
    while (high - low > FLOOR_PRECISION * high) {
      double middle = (low + high) / 2;
      if (middle < SMALLEST_FLOOR) {
        break;
      }
      if (definite(node, middle)) {
        low = middle;
        node.setFloors(shares, middle - FLOOR_ROUNDING);
      } else {
        high = middle;
      }
    }
    return node.floored();
  }

  /** The shares of columns that all others leave unexplained, 1/(C⁻¹)ⱼⱼ; false if C is singular. */
  private boolean unexplained(SubsetNode node) {
    Arrays.fill(shares, 0, node.count(), 0);
    if (!definite(node, 0)) {
      return false;
    }
    int stride = node.stride();
    for (int i = 0; i < node.count(); i++) {
      // C⁻¹ = R⁻¹R⁻ᵀ: column i of R⁻ᵀ adds its squares to the diagonal.
      Arrays.fill(scratch, 0, stride, 0);
      scratch[i] = 1;
      factoring.forward(shifted, stride, node.count(), scratch);
      double sum = 0;
      for (int j = i; j < node.count(); j++) {
        sum += scratch[j] * scratch[j];
      }
      shares[i] = 1 / sum;
    }
    for (int i = 0; i < node.count(); i++) {
      if (!(shares[i] > SMALLEST_SHARE)) {
        return false;
      }
    }
    return true;
  }

  private boolean definite(SubsetNode node, double factor) {
    int stride = node.stride();
    System.arraycopy(node.matrix(), 0, shifted, 0, node.count() * stride);
    for (int j = 0; j < node.count(); j++) {
      shifted[j * stride + j] -= factor * shares[j];
    }
    return factoring.factor(shifted, stride, node.count(), scratch);
  }

  /**
   * Least squares on all free columns, for nodes without floors, and counts the columns that depend
   * on those before them.
   *
   * @return a bound on what the free columns add; infinite where rounding would be all of it
   */
  double plain(SubsetNode node) {
    plain.clear(node, node.count());
    double gain = 0;
    int dependents = 0;
    dependent = -1;
    for (int j = 0; j < node.count(); j++) {
      if (plain.variance(j) <= SMALLEST_SHARE) {
        dependents++;
        dependent = j;
        if (Math.abs(plain.product(j)) > NO_PRODUCT) {
          gain = Double.POSITIVE_INFINITY;
        }
      } else {
        gain += plain.push(j);
      }
    }
    node.setDependents(dependents);
    return gain;
  }

  /** A column that depended on others when {@link #plain} last looked, or −1. */
  int dependent() {
    return dependent;
  }

  /**
   * Looks for a bound on what up to {@code wanted} free columns add.
   *
   * @param node has floors
   * @param target a bound up to this is as good as any
   */
  double find(SubsetNode node, double target) {
    int stride = node.stride();
    reserve(stride);
    System.arraycopy(node.floors(), 0, floors, 0, node.count());
    bound = Double.POSITIVE_INFINITY;
    topCount = 0;
    assert node.floored();
    double mu = 1;
    for (int j = 0; j < node.count(); j++) {
      mu = Math.min(mu, floors[j]);
    }
    double curvature = Math.max(1.05 * (largestEigenvalue(node) - mu), 0.05);
    double share = mu / (curvature + mu);
    for (int j = 0; j < node.count(); j++) {
      lambdas[j] = floors[j] / curvature;
      roots[j] = Math.sqrt(lambdas[j]);
    }
    double momentum = (1 - Math.sqrt(share)) / (1 + Math.sqrt(share));
    System.arraycopy(node.start(), 0, point, 0, stride);
    System.arraycopy(node.start(), 0, previous, 0, stride);
    double reference = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      evaluate(node);
      if (bound <= target) {
        break;
      }
      if (reference - bound > PROGRESS * (bound - target)) {
        reference = bound;
        waited = 0;
      } else if (++waited >= PATIENCE) {
        break;
      }
      for (int j = 0; j < node.count(); j++) {
        point[j] += residual[j] / curvature;
      }
      shrink(node);
      for (int j = 0; j < node.count(); j++) {
        point[j] = relaxed[j] + momentum * (relaxed[j] - previous[j]);
        previous[j] = relaxed[j];
      }
    }
    System.arraycopy(bestPoint, 0, node.start(), 0, node.count());
    return bound;
  }

  /** The bound at the point, kept if it is the least so far. */
  private void evaluate(SubsetNode node) {
    multiply(node, point, node.linear(), residual);
    double value = 0;
    for (int j = 0; j < node.count(); j++) {
      double p = point[j];
      double f = floors[j];
      value += p * (node.linear()[j] - residual[j] - f * p);
      residual[j] += f * p;
      terms[j] = residual[j] * residual[j] / f;
    }
    value += sumOfLargest(node);
    if (value < bound) {
      bound = value;
      System.arraycopy(terms, 0, best, 0, node.count());
      System.arraycopy(point, 0, bestPoint, 0, node.count());
    }
  }

  /** out = base − Cx. */
  private void multiply(SubsetNode node, double[] x, double[] base, double[] out) {
    int count = 0;
    for (int j = 0; j < node.count(); j++) {
      if (x[j] != 0) {
        rows[count] = j;
        factors[count++] = x[j];
      }
    }
    combining.subtract(base, 0, node.matrix(), node.stride(), rows, count, factors, out, 0);
  }

  private double sumOfLargest(SubsetNode node) {
    findTop(node, terms, node.wanted());
    double sum = 0;
    for (int i = 0; i < topCount; i++) {
      sum += terms[top[i]];
    }
    return sum;
  }

  /** The places of the largest values, largest first. */
  private void findTop(SubsetNode node, double[] values, int most) {
    topCount = 0;
    double least = -1;
    for (int j = 0; j < node.count(); j++) {
      double size = Math.abs(values[j]);
      if (topCount < most || size > least) {
        int at = Math.min(topCount, most - 1);
        while (at > 0 && Math.abs(values[top[at - 1]]) < size) {
          top[at] = top[at - 1];
          at--;
        }
        top[at] = j;
        topCount = Math.min(topCount + 1, most);
        least = Math.abs(values[top[topCount - 1]]);
      }
    }
  }

  /**
   * The proximal step: partial choices z of [0, 1] with a sum of m that minimise Σ u²λ/(z + λ),
   * which are θ|u|√λ − λ cut off at 0 and 1, and coefficients uz/(z + λ).
   */
  private void shrink(SubsetNode node) {
    int m = node.wanted();
    for (int j = 0; j < node.count(); j++) {
      terms[j] = Math.abs(point[j]) * roots[j] / (1 + lambdas[j]);
    }
    findTop(node, terms, m);
    // At this θ the m-th column is whole.
    double high = 1 / Math.max(terms[top[m - 1]], Double.MIN_NORMAL);
    double low = 0;
    double theta = high;
    for (int step = 0; step < 40; step++) {
      double sum = 0;
      double slope = 0;
      for (int j = 0; j < node.count(); j++) {
        double size = Math.abs(point[j]) * roots[j];
        double z = theta * size - lambdas[j];
        if (z >= 1) {
          sum += 1;
        } else if (z > 0) {
          sum += z;
          slope += size;
        }
      }
      double excess = sum - m;
      if (Math.abs(excess) < 1e-9) {
        break;
      }
      if (excess > 0) {
        high = theta;
      } else {
        low = theta;
      }
      double next = slope > 0 ? theta - excess / slope : low;
      theta = next > low && next < high ? next : (low + high) / 2;
    }
    for (int j = 0; j < node.count(); j++) {
      double z = Math.min(1, theta * Math.abs(point[j]) * roots[j] - lambdas[j]);
      relaxed[j] = z > 0 ? point[j] * z / (z + lambdas[j]) : 0;
    }
  }

  /** An estimate by the power method; it governs how fast bounds get better, not that they hold. */
  private double largestEigenvalue(SubsetNode node) {
    double[] zero = scratch;
    Arrays.fill(zero, 0, node.stride(), 0);
    for (int j = 0; j < node.count(); j++) {
      relaxed[j] = 1 + 0.1 * (j % 7);
    }
    double value = 1;
    for (int step = 0; step < POWER_STEPS; step++) {
      multiply(node, relaxed, zero, residual);
      double norm = 0;
      double before = 0;
      for (int j = 0; j < node.count(); j++) {
        norm += residual[j] * residual[j];
        before += relaxed[j] * relaxed[j];
      }
      value = Math.sqrt(norm / before);
      double scale = -1 / Math.sqrt(norm);
      for (int j = 0; j < node.count(); j++) {
        relaxed[j] = residual[j] * scale;
      }
    }
    return value;
  }

  /** Puts the columns that the best bound is made of into {@link #top()}. */
  void rank(SubsetNode node) {
    findTop(node, best, Math.min(node.wanted() + 1, node.count()));
  }

  /** Places by the size of their term, largest first, one more than wanted. */
  int[] top() {
    return top;
  }

  /** What a column adds to the best bound found where it is chosen. */
  double term(int j) {
    return best[j];
  }
}
