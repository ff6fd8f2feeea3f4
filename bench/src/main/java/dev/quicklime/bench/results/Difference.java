package dev.quicklime.bench.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure in two runs.
 *
 * @param before the figure of the first run
 * @param after the same figure of the second run
 * @param ratio after to before
 * @param error of the ratio; NaN where one of the two has none
 * @param outcome what that means
 */
public record Difference(
    BenchmarkFigure before, BenchmarkFigure after, double ratio, double error, Outcome outcome) {

  /** Whether two runs differ. */
  enum Outcome {
    /** No further apart than their errors. */
    SAME("same"),
    /** Faster beyond the error. */
    FASTER("faster"),
    /** Slower beyond the error. */
    SLOWER("slower"),
    /** The error is unknown. */
    UNKNOWN("no error known"),
    /** Measured in different units. */
    UNITS("units differ");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static Difference of(BenchmarkFigure before, BenchmarkFigure after) {
    double ratio = after.score() / before.score();
    double error =
        Math.abs(ratio)
            * Math.hypot(before.error() / before.score(), after.error() / after.score());
    return new Difference(before, after, ratio, error, outcome(before, after, ratio, error));
  }

  private static Outcome outcome(
      BenchmarkFigure before, BenchmarkFigure after, double ratio, double error) {
    if (!before.unit().equals(after.unit())) {
      return Outcome.UNITS;
    }
    if (!Double.isFinite(error)) {
      return Outcome.UNKNOWN;
    }
    if (Math.abs(ratio - 1) <= error) {
      return Outcome.SAME;
    }
    return ratio > 1 == before.isRate() ? Outcome.FASTER : Outcome.SLOWER;
  }

  /** Pairs the figures that both runs have, in the first one's order. */
  static List<Difference> all(List<BenchmarkFigure> before, List<BenchmarkFigure> after) {
    Map<String, BenchmarkFigure> later = new LinkedHashMap<>();
    after.forEach(figure -> later.put(figure.key(), figure));
    List<Difference> all = new ArrayList<>();
    for (BenchmarkFigure figure : before) {
      BenchmarkFigure same = later.get(figure.key());
      if (same != null) {
        all.add(of(figure, same));
      }
    }
    return all;
  }
}
