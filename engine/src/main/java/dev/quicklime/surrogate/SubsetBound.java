package dev.quicklime.surrogate;

import dev.quicklime.internal.kernel.CombineKernel;
import dev.quicklime.internal.kernel.FactorKernel;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.Kernels;
import java.util.Arrays;

/**
 * Bounds what a node's free columns can add, by the perspective relaxation (Frangioni and Gentile,
 * "Perspective cuts for a class of convex 0–1 mixed integer programs", Mathematical Programming
 * 106, 2006). Where no eigenvalue of C is less than μ, C − μI is positive semidefinite, hence for
 * any vector v and any coefficients b that are not zero in at most m places T
 *
 * <p>2cᵀb − bᵀCb ≤ vᵀ(C − μI)v + 2rᵀb − μbᵀb ≤ vᵀ(C − μI)v + Σ_T r²/μ, where r = c − (C − μI)v,
 *
 * <p>and the m largest r² give a bound for all T. The least bound of all v is found by accelerated
 * proximal gradients on its dual, the relaxed problem itself, in which a choice may be partial.
 * Bounding by least squares on all free columns instead, as in leaps and bounds, adds up what the
 * noise fits: with columns nearly orthogonal, as those of masks are, this bound is tighter by far.
 */
final class SubsetBound {

  private static final int MOST_STEPS = 60;
  private static final int PATIENCE = 6;
  private static final double PROGRESS = 0.02;
  private static final int POWER_STEPS = 12;
  private static final double FLOOR_PRECISION = 0.02;

  /** By how much rounding may have let an indefinite matrix pass for a definite one. */
  private static final double FLOOR_ROUNDING = 1e-9;

  private final CombineKernel combining;
  private final FactorKernel factoring;
  private int[] rows = new int[0];
  private double[] factors = new double[0];
  private double[] residual = new double[0];
  private double[] best = new double[0];
  private double[] bestPoint = new double[0];
  private double[] point = new double[0];
  private double[] relaxed = new double[0];
  private double[] previous = new double[0];
  private double[] shifted = new double[0];
  private double[] scratch = new double[0];
  private int[] top = new int[0];
  private int topCount;
  private double bound;
  private double mu;
  long steps, chols;

  SubsetBound(Implementation form) {
    combining = Kernels.combine(form);
    factoring = Kernels.factor(form);
  }

  private void reserve(int stride) {
    if (residual.length < stride) {
      rows = new int[stride];
      factors = new double[stride];
      residual = new double[stride];
      best = new double[stride];
      bestPoint = new double[stride];
      point = new double[stride];
      relaxed = new double[stride];
      previous = new double[stride];
      shifted = new double[stride * stride];
      scratch = new double[stride];
      top = new int[stride + 1];
    }
  }

  /** Raises the node's lower bound of its eigenvalues by Cholesky factorisations. */
  void raiseFloor(SubsetNode node) {
    reserve(node.stride());
    double low = node.floor();
    double high = 1;
    while (high - low > FLOOR_PRECISION * high) {
      double middle = (low + high) / 2;
      if (middle < 1e-4) {
        break;
      }
      if (definite(node, middle)) {
        low = middle;
        node.raiseFloor(middle - FLOOR_ROUNDING);
      } else {
        high = middle;
      }
    }
  }

  private boolean definite(SubsetNode node, double shift) {
    chols++;
    int stride = node.stride();
    System.arraycopy(node.matrix(), 0, shifted, 0, node.count() * stride);
    for (int j = 0; j < node.count(); j++) {
      shifted[j * stride + j] -= shift;
    }
    return factoring.factor(shifted, stride, node.count(), scratch);
  }

  /**
   * Looks for a bound on what up to {@code wanted} free columns add.
   *
   * @param target a bound up to this is as good as any
   * @return the bound; infinite where columns are so dependent that there is none
   */
  double find(SubsetNode node, double target) {
    int stride = node.stride();
    reserve(stride);
    mu = node.floor();
    bound = Double.POSITIVE_INFINITY;
    topCount = 0;
    if (!(mu > 0)) {
      return bound;
    }
    double curvature = largestEigenvalue(node) - mu;
    curvature = Math.max(1.05 * curvature, 0.05 * mu);
    double share = mu / (curvature + mu);
    double momentum = (1 - Math.sqrt(share)) / (1 + Math.sqrt(share));
    System.arraycopy(node.start(), 0, point, 0, stride);
    System.arraycopy(node.start(), 0, previous, 0, stride);
    double reference = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      steps++;
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
      shrink(node, mu / curvature);
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
      value += p * (node.linear()[j] - residual[j] - mu * p);
      residual[j] += mu * p;
    }
    value += sumOfLargest(node) / mu;
    if (value < bound) {
      bound = value;
      System.arraycopy(residual, 0, best, 0, node.count());
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
    findTop(node, residual, node.wanted());
    double sum = 0;
    for (int i = 0; i < topCount; i++) {
      sum += residual[top[i]] * residual[top[i]];
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
   * The proximal step: partial choices z of [0, 1] with a sum of m that minimise Σ u²/(z + λ),
   * which are θ|u| − λ cut off at 0 and 1, and coefficients uz/(z + λ).
   */
  private void shrink(SubsetNode node, double lambda) {
    int m = node.wanted();
    findTop(node, point, Math.min(m + 1, node.count()));
    // Between the θ at which the m-th largest is whole and the one at which the next one appears.
    double high = (1 + lambda) / Math.max(Math.abs(point[top[m - 1]]), Double.MIN_NORMAL);
    double low = 0;
    double theta = high;
    for (int step = 0; step < 40; step++) {
      double sum = 0;
      double slope = 0;
      for (int j = 0; j < node.count(); j++) {
        double size = Math.abs(point[j]);
        double z = theta * size - lambda;
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
      double z = Math.min(1, theta * Math.abs(point[j]) - lambda);
      relaxed[j] = z > 0 ? point[j] * z / (z + lambda) : 0;
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
    return best[j] * best[j] / mu;
  }
}
