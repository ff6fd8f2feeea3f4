package dev.quicklime.surrogate;

/** Quantiles of Student's distribution. */
final class StudentT {

  private static final double[] FREEDOM = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 60, 120};

  private static final double[] QUANTILE_95 = {
    12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.22814, 2.17881, 2.13145,
    2.08596, 2.04227, 2.0003, 1.97993
  };

  private StudentT() {}

  /**
   * Half the width of an interval that covers 95 % of the distribution, to half a percent from 2
   * degrees of freedom on and at most 3 % too wide below: between the numbers of the usual table
   * its logarithm is taken as linear in the reciprocal of the degrees of freedom.
   *
   * @param freedom degrees of freedom, taken as 1 where there are fewer
   */
  static double quantile95(double freedom) {
    int last = FREEDOM.length - 1;
    int upper = 1;
    while (upper <= last && FREEDOM[upper] < freedom) {
      upper++;
    }
    double near = 1 / FREEDOM[upper - 1];
    double far = upper > last ? 0 : 1 / FREEDOM[upper];
    double low = Math.log(QUANTILE_95[upper - 1]);
    double high = Math.log(upper > last ? LinearFit.NORMAL_95 : QUANTILE_95[upper]);
    double share = (near - 1 / Math.max(1, freedom)) / (near - far);
    return Math.exp(low + share * (high - low));
  }
}
