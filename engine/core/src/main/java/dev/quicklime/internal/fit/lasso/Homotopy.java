package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.kernel.KernelSet;

/**
 * Follows the solutions of a Lasso from the smallest empty α downwards, after Osborne, Presnell and
 * Turlach, "A new approach to variable selection in least squares problems", IMA Journal of
 * Numerical Analysis 20, 2000, and Efron et al., "Least angle regression", Annals of Statistics 32,
 * 2004. While the coefficients that are not zero keep their signs, they are C⁻¹(c − αs) over their
 * own columns, and the path is straight; it bends where another column's correlation reaches α or a
 * coefficient reaches 0. Each stretch is checked against the conditions of optimality before it
 * becomes part of the path.
 *
 * <p>Columns that depend linearly on those in use stay out, which leaves the solution optimal.
 * Where even so a stretch would not meet the optimality conditions, or the path does not get on, it
 * ends. Memory is kept for the next path. Not safe for use by several threads.
 */
public final class Homotopy {

  /** How far a correlation may exceed α, as a share of the largest one there was. */
  static final double TOLERANCE = 1e-11;

  /** A correlation that changes as fast as α but for this share will not meet it. */
  private static final double PARALLEL = 1e-12;

  private static final int MOST_KNOTS_PER_COLUMN = 20;

  private final Knots knots = new Knots();
  private final boolean dropping;
  private final ActiveFactor active;
  private NormalEquations problem;

  private boolean[] out = new boolean[0];
  private double alpha;
  private boolean complete;

  /** What ends a stretch: a column that comes in, or one that leaves. */
  private int next;

  private double nextAlpha;
  private double nextSign;

  public Homotopy(NormalEquations problem, KernelSet kernels) {
    this(problem, true, kernels);
  }

  /**
   * Prepares to follow paths.
   *
   * @param dropping whether a coefficient that reaches 0 leaves, as in a Lasso; otherwise it goes
   *     on on the other side, as in least angle regression
   */
  public Homotopy(NormalEquations problem, boolean dropping, KernelSet kernels) {
    this.problem = problem;
    this.dropping = dropping;
    active = new ActiveFactor(problem, kernels);
  }

  /** Follows the path of another problem down to an α ≥ 0. */
  public void walk(NormalEquations newProblem, double lowest) {
    problem = newProblem;
    int stride = problem.stride();
    if (out.length < stride) {
      out = new boolean[stride];
    }
    readmit();
    active.clear(problem);
    knots.clear(problem.size());
    alpha = problem.smallestEmptyAlpha();
    knots.add(alpha);
    complete = alpha <= lowest;
    if (!complete) {
      findFirst();
      int steps = MOST_KNOTS_PER_COLUMN * (problem.size() + 5);
      while (steps-- > 0 && step(lowest)) {}
    }
  }

  private void findFirst() {
    double[] linear = problem.linear();
    next = -1;
    for (int j = 0; j < problem.size(); j++) {
      if (!out[j] && (next < 0 || Math.abs(linear[j]) > Math.abs(linear[next]))) {
        next = j;
      }
    }
    nextSign = next < 0 ? 0 : Math.signum(linear[next]);
  }

  /** Takes in or lets go a column and goes to the end of the stretch; whether there is another. */
  private boolean step(double lowest) {
    if (next < 0) {
      return false;
    }
    if (nextSign != 0) {
      if (!active.append(next, nextSign)) {
        out[next] = true;
      }
    } else {
      active.remove(active.position(next));
      readmit();
    }
    if (active.count() == 0) {
      return false;
    }
    active.solve();
    if (!findNext()) {
      return false;
    }
    boolean last = next < 0 || nextAlpha <= lowest;
    double end = last ? lowest : nextAlpha;
    if (last) {
      next = -1;
    }
    if (end < alpha) {
      record(end);
    }
    complete = last;
    return !last;
  }

  /**
   * Lets every column come in that is not constant, also those that depended on one that has left.
   */
  private void readmit() {
    for (int j = 0; j < problem.size(); j++) {
      out[j] = !(problem.quadratic()[j * problem.stride() + j] > QuadraticForm.FLAT);
    }
  }

  /** Finds the end of the stretch; false if the stretch is not optimal to begin with. */
  private boolean findNext() {
    next = -1;
    nextAlpha = 0;
    double tolerance = TOLERANCE * knots.alpha(0);
    double[] linear = problem.linear();
    double[] constantProducts = active.constantProducts();
    double[] slopeProducts = active.slopeProducts();
    for (int j = 0; j < problem.size(); j++) {
      if (active.position(j) < 0) {
        double constant = linear[j] - constantProducts[j];
        double slope = slopeProducts[j];
        double correlation = constant + alpha * slope;
        if (!(Math.abs(correlation) <= alpha + tolerance)) {
          return false;
        }
        if (!out[j]) {
          meet(j, constant, slope, 1);
          meet(j, -constant, -slope, -1);
        }
      }
    }
    for (int i = 0; dropping && i < active.count(); i++) {
      double slope = active.slope()[i];
      double sign = active.sign(i);
      double value = active.constant()[i] - alpha * slope;
      if (!(value * sign >= -tolerance)) {
        return false;
      }
      if (slope * sign < 0) {
        offer(active.column(i), active.constant()[i] / slope, 0);
      }
    }
    return true;
  }

  /** Where constant + α·slope comes down to α. */
  private void meet(int column, double constant, double slope, double sign) {
    double approach = 1 - slope;
    // Most columns are no match for the best so far, and need no division.
    if (constant > nextAlpha * approach && constant > 0 && approach > PARALLEL) {
      offer(column, constant / approach, sign);
    }
  }

  private void offer(int column, double at, double sign) {
    double reached = Math.min(at, alpha);
    if (reached > nextAlpha) {
      next = column;
      nextAlpha = reached;
      nextSign = sign;
    }
  }

  private void record(double end) {
    alpha = end;
    knots.add(end);
    for (int i = 0; i < active.count(); i++) {
      int column = active.column(i);
      if (column != next || nextSign != 0) {
        double value = active.constant()[i] - end * active.slope()[i];
        // Rounding must not turn a coefficient that has just come in.
        knots.set(column, !dropping || value * active.sign(i) > 0 ? value : 0);
      }
    }
  }

  /** The path. */
  public Knots knots() {
    return knots;
  }

  /** Whether the path goes as far as was asked. */
  boolean complete() {
    return complete;
  }
}
