package dev.quicklime.report.statistics;

import dev.quicklime.profile.ProfileRow;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Errors of fits from different numbers of samples. */
public final class ProfileErrors {

  private ProfileErrors() {}

  /**
   * Mean errors over all seeds, by number of samples.
   *
   * @param rows of one design and one target; those without an error, or of a stop rule, do not
   *     count
   * @param classIndex the class
   */
  public static SortedMap<Integer, Double> of(List<ProfileRow> rows, int classIndex) {
    return rows.stream()
        .filter(
            row ->
                row.setting().classIndex() == classIndex
                    && row.setting().stop() == 0
                    && row.quality().error() != null)
        .collect(
            Collectors.groupingBy(
                row -> row.setting().samples(),
                TreeMap::new,
                Collectors.averagingDouble(row -> Objects.requireNonNull(row.quality().error()))));
  }
}
