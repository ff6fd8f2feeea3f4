package dev.quicklime.report.figure;

import dev.quicklime.ClassExplanation;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.chart.ProfileChart;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.statistics.ProfileErrors;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws how the error of the weights falls with the number of samples.
 *
 * @param subject what is explained
 * @param rows fits from different numbers of samples
 */
public record ProfileFigure(Subject subject, List<ProfileRow> rows) {

  /** The errors, or null where none is defined. */
  public @Nullable Figure draw() {
    return draw(subject.size().chart(ProfileChart.WIDTH));
  }

  /**
   * The same of another width.
   *
   * @param width in units in which letters are 14 high
   */
  public @Nullable Figure draw(int width) {
    List<ProfileChart.Line> lines = new ArrayList<>();
    for (ClassExplanation explained : subject.explanation().classes()) {
      ProfileChart.Line line = line(explained);
      if (!line.samples().isEmpty()) {
        lines.add(line);
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    long seeds = rows.stream().map(row -> row.setting().seed()).distinct().count();
    return ProfileChart.draw(lines, "relative squared error", width)
        .figure(
            "profile",
            "Error against samples",
            "Σ(β − β*)² / Σ(β* − mean β*)² of the weights β from so many samples, with β*"
                + " converged;"
                + " means of %s. Lower is better.".formatted(Numbers.counted(seeds, "seed")),
            "Line chart of the relative squared error of the weights. "
                + lines.stream().map(ProfileFigure::read).collect(Collectors.joining("; "))
                + ".");
  }

  private ProfileChart.Line line(ClassExplanation explained) {
    SortedMap<Integer, Double> errors = ProfileErrors.of(rows, explained.scored().index());
    return new ProfileChart.Line(
        explained.scored().label(), List.copyOf(errors.keySet()), List.copyOf(errors.values()));
  }

  private static String read(ProfileChart.Line line) {
    int last = line.samples().size() - 1;
    return "%s: %s with %s, %s with %s"
        .formatted(
            line.label(),
            Numbers.significant(line.errors().getFirst(), 2),
            Numbers.counted(line.samples().getFirst(), "sample"),
            Numbers.significant(line.errors().get(last), 2),
            Numbers.count(line.samples().get(last)));
  }
}
