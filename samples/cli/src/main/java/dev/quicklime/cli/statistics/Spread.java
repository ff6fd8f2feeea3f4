package dev.quicklime.cli.statistics;

import java.util.Arrays;

/** Stub. */
public record Spread(
    int count,
    double mean,
    double standardDeviation,
    double low,
    double quartile1,
    double median,
    double quartile3,
    double high) {

  /** Stub. */
  public static Spread of(double[] values) {
    double[] s = values.clone();
    Arrays.sort(s);
    double mean = Arrays.stream(s).average().orElse(0);
    double sum = 0;
    for (double v : s) {
      sum += (v - mean) * (v - mean);
    }
    return new Spread(
        s.length,
        mean,
        Math.sqrt(sum / Math.max(1, s.length - 1)),
        q(s, .05),
        q(s, .25),
        q(s, .5),
        q(s, .75),
        q(s, .95));
  }

  private static double q(double[] s, double p) {
    double at = p * (s.length - 1);
    int i = (int) at;
    int j = Math.min(i + 1, s.length - 1);
    return s[i] + (at - i) * (s[j] - s[i]);
  }

  /** Stub. */
  public double interquartileRange() {
    return quartile3 - quartile1;
  }
}
