package dev.quicklime.report.profile;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a profile: its mean over pictures, classes and seeds, and where most seeds are, each
 * seed taken as its own mean. NaN throughout where nothing was measured.
 *
 * @param mean of all lines
 * @param low the 16th percentile of the seeds
 * @param high the 84th
 */
public record Band(double mean, double low, double high) {

  /** The share of seeds below and above: one standard deviation of a normal distribution. */
  private static final double TAIL = 0.16;

  static final Band NONE = new Band(Double.NaN, Double.NaN, Double.NaN);

  /** The band of a figure that some lines may lack. */
  static Band of(List<ProfileLine> lines, Function<ProfileLine, @Nullable Double> figure) {
    List<Double> bySeed =
        lines.stream()
            .filter(line -> figure.apply(line) != null)
            .collect(
                Collectors.groupingBy(
                    line -> line.setting().seed(), TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(ofSeed -> mean(ofSeed, figure))
            .sorted()
            .toList();
    return bySeed.isEmpty()
        ? NONE
        : new Band(mean(lines, figure), quantile(bySeed, TAIL), quantile(bySeed, 1 - TAIL));
  }

  /** The mean of the lines that have a figure, or NaN. */
  static double mean(List<ProfileLine> lines, Function<ProfileLine, @Nullable Double> figure) {
    return lines.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private static double quantile(List<Double> sorted, double share) {
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }

  boolean isEmpty() {
    return Double.isNaN(mean);
  }
}
