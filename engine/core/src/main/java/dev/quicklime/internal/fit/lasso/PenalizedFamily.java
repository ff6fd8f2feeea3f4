package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;

/**
 * All fits with an ℓ1 penalty of one class, for α in units of the score and coefficients in those
 * of the {@link ClassProblem}.
 */
public sealed interface PenalizedFamily permits LassoFamily, ElasticNetFamily {

  /** The smallest α that removes every coefficient; 0 if nothing is there to be removed. */
  double smallestEmpty();

  /** The d coefficients at an α ≥ 0. Quickest for α that decrease from call to call. */
  double[] fit(double alpha);

  /** Weighted mean square of the residuals of a fit that {@link #fit} gave. */
  double residual(double[] beta, double alpha);

  /** The same family for other samples or weights. */
  PenalizedFamily of(ClassProblem other);
}
