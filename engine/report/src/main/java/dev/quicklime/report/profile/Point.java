package dev.quicklime.report.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one design comes to with some samples, for one target.
 *
 * @param samples how many
 * @param error relative squared error
 * @param heldOutR2 R² on samples that no fit saw
 * @param coverage share of the coefficients whose 95 % intervals hold the converged ones
 * @param each the same of the superpixels that are held least and most often
 * @param likeness mean Jaccard index of the strongest superpixels of two seeds; without a band, as
 *     it belongs to no seed
 * @param deletion area under the probability as superpixels are filled
 * @param insertion the same as they are shown
 * @param seconds mean time
 */
public record Point(
    int samples,
    Band error,
    Band heldOutR2,
    Band coverage,
    EachCoverage each,
    Band likeness,
    Band deletion,
    Band insertion,
    double seconds) {

  /** Sums up lines of one design, target and number of samples. */
  static Point of(int samples, List<ProfileLine> lines) {
    double likeness = likeness(lines);
    return new Point(
        samples,
        Band.of(lines, line -> line.quality().error()),
        Band.of(lines, line -> line.quality().heldOutR2()),
        Band.of(lines, line -> line.quality().coverage()),
        EachCoverage.of(lines),
        new Band(likeness, likeness, likeness),
        Band.of(lines, line -> line.quality().deletion()),
        Band.of(lines, line -> line.quality().insertion()),
        Band.mean(lines, ProfileLine::seconds));
  }

  private static double likeness(List<ProfileLine> lines) {
    Map<List<Object>, List<ProfileLine>> alike =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    line -> List.of(line.setting().picture(), line.setting().classIndex())));
    List<Double> found = new ArrayList<>();
    for (List<ProfileLine> runs : alike.values()) {
      for (int i = 0; i < runs.size(); i++) {
        for (int k = 0; k < i; k++) {
          found.add(jaccard(runs.get(i).top(), runs.get(k).top()));
        }
      }
    }
    return found.stream().mapToDouble(j -> j).average().orElse(Double.NaN);
  }

  private static double jaccard(List<Integer> one, List<Integer> other) {
    Set<Integer> both = new HashSet<>(one);
    Set<Integer> either = new HashSet<>(one);
    either.addAll(other);
    both.retainAll(other);
    return either.isEmpty() ? 1 : (double) both.size() / either.size();
  }
}
