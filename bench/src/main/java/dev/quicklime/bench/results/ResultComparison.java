package dev.quicklime.bench.results;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which figures of two runs differ by more than their errors. */
public final class ResultComparison {

  private ResultComparison() {}

  /**
   * Compares two files of results.
   *
   * @throws InvalidInputException if one of them is none, or they have no figure in common
   * @throws IOException if one of them cannot be read
   */
  public static void print(Path first, Path second, PrintWriter out) throws IOException {
    List<BenchmarkFigure> before = JmhJson.read(first);
    List<BenchmarkFigure> after = JmhJson.read(second);
    List<Difference> differences = Difference.all(before, after);
    if (differences.isEmpty()) {
      throw new InvalidInputException(first + " and " + second + " have no benchmark in common");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "before", "after", "after / before", "verdict"));
    differences.forEach(difference -> rows.add(row(difference)));
    TextTable.lines(rows).forEach(out::println);
    out.println(summary(differences));
    alone(before, after, first, out);
    alone(after, before, second, out);
    out.flush();
  }

  private static List<String> row(Difference difference) {
    BenchmarkFigure before = difference.before();
    BenchmarkFigure after = difference.after();
    return List.of(
        before.shortName(),
        before.settings(),
        Digits.of(before.score()) + " " + before.unit(),
        Digits.of(after.score()) + " " + after.unit(),
        Digits.withError(difference.ratio(), difference.error()),
        difference.outcome().words());
  }

  private static String summary(List<Difference> differences) {
    Map<Difference.Outcome, Integer> counts = new EnumMap<>(Difference.Outcome.class);
    differences.forEach(difference -> counts.merge(difference.outcome(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> String.format(Locale.ROOT, "%d %s", count.getValue(), count.getKey().words()))
        .collect(Collectors.joining(", "));
  }

  private static void alone(
      List<BenchmarkFigure> figures, List<BenchmarkFigure> others, Path file, PrintWriter out) {
    Set<String> known = new HashSet<>();
    others.forEach(figure -> known.add(figure.key()));
    long alone = figures.stream().filter(figure -> !known.contains(figure.key())).count();
    if (alone > 0) {
      out.println(alone + " only in " + file);
    }
  }
}
