package dev.quicklime.cli.statistics;

import dev.quicklime.Explanation;
import dev.quicklime.surrogate.LinearFit;

/** Stub. */
public final class SampleNumbers {
  private final Explanation explanation;

  /** Stub. */
  public SampleNumbers(Explanation explanation) {
    this.explanation = explanation;
  }

  /** Stub. */
  public double[] scores(int position) {
    double[] all = new double[explanation.samples().rows() - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = explanation.samples().score(i + 1, position);
    }
    return all;
  }

  /** Stub. */
  public double[] losses(int position) {
    double[] all = scores(position);
    LinearFit fit = explanation.classes().get(position).fit();
    for (int i = 0; i < all.length; i++) {
      double y = fit.intercept();
      for (int j = 0; j < explanation.segments().count(); j++) {
        y += explanation.samples().masks().shown(i + 1, j) ? fit.coefficients().get(j) : 0;
      }
      all[i] = (all[i] - y) * (all[i] - y);
    }
    return all;
  }

  /** Stub. */
  public double[] similarities() {
    double[] all = new double[explanation.samples().rows() - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          explanation
              .provenance()
              .options()
              .locality()
              .weight(
                  explanation.samples().masks().countShown(i + 1), explanation.segments().count());
    }
    return all;
  }
}
