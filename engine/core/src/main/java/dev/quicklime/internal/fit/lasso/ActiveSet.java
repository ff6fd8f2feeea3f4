package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import dev.quicklime.internal.kernel.matrix.FactorKernel;

/** Solves a Lasso exactly once it is known which coefficients are not zero, and their signs. */
public final class ActiveSet {

  private final FactorKernel factoring;
  private final CombineKernel combining;
  private int[] active = new int[0];
  private double[] factor = new double[0];
  private double[] solution = new double[0];
  private double[] scratch = new double[0];
  private int count;

  public ActiveSet(KernelSet kernels) {
    factoring = kernels.factor();
    combining = kernels.combine();
  }

  private void reserve(int stride) {
    if (solution.length < stride) {
      active = new int[stride];
      factor = new double[stride * stride];
      solution = new double[stride];
      scratch = new double[stride];
    }
  }

  /** Chooses the coefficients that are not 0. */
  public void chooseNonZeros(NormalEquations problem, double[] beta) {
    reserve(problem.stride());
    count = 0;
    for (int j = 0; j < problem.size(); j++) {
      if (beta[j] != 0) {
        active[count++] = j;
      }
    }
  }

  /** Chooses the coefficients whose columns have a variance above a limit. */
  void chooseVarying(NormalEquations problem, double flat) {
    reserve(problem.stride());
    count = 0;
    for (int j = 0; j < problem.size(); j++) {
      if (problem.quadratic()[j * problem.stride() + j] > flat) {
        active[count++] = j;
      }
    }
  }

  /**
   * Solves for the coefficients chosen, as if they kept the signs that they have in {@code beta}.
   *
   * @return whether their columns are linearly independent; otherwise there is no solution
   */
  public boolean solve(NormalEquations problem, double alpha, double[] beta) {
    for (int a = 0; a < count; a++) {
      solution[a] = problem.linear()[active[a]] - alpha * Math.signum(beta[active[a]]);
    }
    return solve(problem);
  }

  /**
   * Sets to 0 the coefficients that are not 0 for rounding alone: those that α changed by a hair
   * would remove, as it has them at a knot of the path. Between two knots β = C⁻¹(c − αs).
   *
   * @param hair how far α may be off, ≥ 0
   * @return whether there were any
   */
  boolean dropDust(NormalEquations problem, double hair, double[] beta) {
    chooseNonZeros(problem, beta);
    for (int a = 0; a < count; a++) {
      solution[a] = Math.signum(beta[active[a]]);
    }
    boolean found = false;
    if (solve(problem)) {
      for (int a = 0; a < count; a++) {
        if (Math.abs(beta[active[a]]) <= hair * Math.abs(solution[a])) {
          beta[active[a]] = 0;
          found = true;
        }
      }
    }
    return found;
  }

  /** Solves Cx = b over the columns chosen, b being what {@link #solution} holds. */
  private boolean solve(NormalEquations problem) {
    if (count == 0) {
      return false;
    }
    int stride = problem.stride();
    double[] quadratic = problem.quadratic();
    for (int a = 0; a < count; a++) {
      int row = active[a] * stride;
      int to = a * stride;
      for (int b = a & -8; b < a; b++) {
        factor[to + b] = 0;
      }
      for (int b = a; b < count; b++) {
        factor[to + b] = quadratic[row + active[b]];
      }
      for (int b = count; (b & 7) != 0; b++) {
        factor[to + b] = 0;
      }
    }
    if (!factoring.factor(factor, stride, count, scratch)) {
      return false;
    }
    factoring.forward(factor, stride, count, solution);
    factoring.backward(factor, stride, count, solution, scratch);
    return true;
  }

  /**
   * Writes the solution to {@code beta}; coefficients that would change their sign become 0.
   *
   * @return whether none did
   */
  public boolean store(double alpha, double[] beta) {
    boolean kept = true;
    for (int a = 0; a < count; a++) {
      int j = active[a];
      if (alpha > 0 && !(solution[a] * beta[j] > 0)) {
        beta[j] = 0;
        kept = false;
      } else {
        beta[j] = solution[a];
      }
    }
    return kept;
  }

  /** Computes the gradient anew for coefficients that are 0 but where chosen. */
  void gradient(NormalEquations problem, double[] beta, double[] gradient) {
    for (int a = 0; a < count; a++) {
      solution[a] = beta[active[a]];
    }
    combining.subtract(
        problem.linear(),
        0,
        problem.quadratic(),
        problem.stride(),
        active,
        count,
        solution,
        gradient,
        0);
  }
}
