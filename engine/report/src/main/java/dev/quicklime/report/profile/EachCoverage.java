package dev.quicklime.report.profile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often the 95 % intervals of single superpixels hold the converged coefficient, over seeds:
 * the mean of all superpixels can be right while each is wrong.
 *
 * @param least of the superpixel that is held least often, of any picture and class; NaN where
 *     there are fewer than {@value #FEWEST} seeds, whose chance would hide everything else
 * @param most of the one that is held most often
 */
public record EachCoverage(double least, double most) {

  static final int FEWEST = 20;

  static final EachCoverage UNKNOWN = new EachCoverage(Double.NaN, Double.NaN);

  /** Sums up lines of one design, target and number of samples. */
  static EachCoverage of(List<ProfileLine> lines) {
    Map<List<Object>, List<ProfileLine>> alike =
        lines.stream()
            .filter(line -> line.misses() != null)
            .collect(
                Collectors.groupingBy(
                    line -> List.of(line.setting().picture(), line.setting().classIndex())));
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (List<ProfileLine> runs : alike.values()) {
      if (runs.size() < FEWEST) {
        return UNKNOWN;
      }
      int[] missed = new int[runs.getFirst().setting().superpixels()];
      for (ProfileLine run : runs) {
        List<Integer> misses = run.misses();
        for (int j : misses == null ? List.<Integer>of() : misses) {
          missed[j]++;
        }
      }
      for (int times : missed) {
        double held = 1 - (double) times / runs.size();
        least = Math.min(least, held);
        most = Math.max(most, held);
      }
    }
    return alike.isEmpty() ? UNKNOWN : new EachCoverage(least, most);
  }

  boolean isEmpty() {
    return Double.isNaN(least);
  }
}
