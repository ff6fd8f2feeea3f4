package dev.quicklime.surrogate;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Quantiles of Student's distribution. */
final class StudentT {

  /** Half the width of an interval that covers 95 % of a normal distribution, in its deviations. */
  private static final double NORMAL_95 = 1.959963984540054;

  /**
   * Beyond so many degrees of freedom the distribution is normal to seven digits, and the series
   * that gives its quantile would lose more than that.
   */
  private static final double NORMAL_FROM = 1e7;

  private StudentT() {}

  /**
   * Half the width of an interval that covers 95 % of the distribution.
   *
   * @param freedom degrees of freedom, may be infinite; taken as 1 where there are fewer
   */
  static double quantile95(double freedom) {
    return freedom > NORMAL_FROM ? NORMAL_95 : quantile(freedom, 0.95);
  }

  /**
   * Half the width of an interval that covers some share of the distribution.
   *
   * @param freedom degrees of freedom, may be infinite; taken as 1 where there are fewer
   * @param level that share, strictly between 0 and 1
   */
  static double quantile(double freedom, double level) {
    double below = 0.5 + level / 2;
    return freedom > NORMAL_FROM
        ? new NormalDistribution().inverseCumulativeProbability(below)
        : new TDistribution(Math.max(1, freedom)).inverseCumulativeProbability(below);
  }
}
