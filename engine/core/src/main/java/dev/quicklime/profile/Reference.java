package dev.quicklime.profile;

import dev.quicklime.fidelity.Deviation;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Converged fits: means of two that share no samples.
 *
 * @param fits one for each class
 * @param uncertainty estimated squared error of their coefficients, relative to the variance of
 *     these, of the class where it is largest
 */
record Reference(List<LinearFit> fits, double uncertainty) {

  /** The mean of two halves, class by class. */
  static Reference of(List<LinearFit> first, List<LinearFit> second) {
    List<LinearFit> means = new ArrayList<>();
    double uncertainty = 0;
    for (int c = 0; c < first.size(); c++) {
      LinearFit a = first.get(c);
      LinearFit both = mean(a, second.get(c));
      means.add(both);
      // The mean of two is off by a quarter of their squared distance, on average.
      Double apart = Deviation.relative(a, both);
      uncertainty = Math.max(uncertainty, apart == null ? 0 : apart);
    }
    return new Reference(means, uncertainty);
  }

  private static LinearFit mean(LinearFit a, LinearFit b) {
    List<Double> coefficients =
        IntStream.range(0, a.coefficients().size())
            .mapToObj(j -> (a.coefficients().get(j) + b.coefficients().get(j)) / 2)
            .toList();
    return new LinearFit(
        (a.intercept() + b.intercept()) / 2,
        coefficients,
        new Intervals.None("the mean of two fits"),
        0,
        a.r2(),
        null,
        List.of());
  }
}
