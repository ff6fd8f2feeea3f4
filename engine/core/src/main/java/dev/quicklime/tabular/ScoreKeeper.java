package dev.quicklime.tabular;

import dev.quicklime.ClassChoice;
import dev.quicklime.QuicklimeException;
import dev.quicklime.ScoredClass;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks scores and keeps the target's values of the explained classes, which the first row, the
 * explained one, decides. For one thread and one use.
 */
final class ScoreKeeper {

  private final String name;
  private final Labels labels;
  private final TabularOptions options;
  private final int rows;
  private final List<String> notices = new ArrayList<>();

  private Target target;
  private int classes;
  private List<ScoredClass> ranking = List.of();
  private List<ScoredClass> explained = List.of();
  private double[] values = new double[0];

  ScoreKeeper(String name, Labels labels, TabularOptions options, int rows) {
    this.name = name;
    this.labels = labels;
    this.options = options;
    this.rows = rows;
    this.target = options.target();
  }

  /** Takes the raw scores of some rows, row 0 first of all. */
  void keep(double[] scores, int first, int count) {
    if (first == 0) {
      if (scores.length == 0 || scores.length % count != 0) {
        throw wrongCount(scores.length, count);
      }
      classes = scores.length / count;
    }
    if (scores.length != (long) count * classes) {
      throw wrongCount(scores.length, count);
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new QuicklimeException(
            "model %s must return finite scores, got %s for output %d of row %d"
                .formatted(name, scores[i], i % classes, first + i / classes));
      }
    }
    if (first == 0) {
      begin(scores);
    }
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < explained.size(); c++) {
        values[(first + row) * explained.size() + c] =
            target.of(scores, row * classes, classes, explained.get(c).index());
      }
    }
  }

  private QuicklimeException wrongCount(int scores, int count) {
    return new QuicklimeException(
        "model %s must return as many scores for each row, at least one, got %d for %d rows"
            .formatted(name, scores, count));
  }

  private void begin(double[] scores) {
    labels.check(classes);
    if (classes == 1 && target != Target.LOGIT && target != Target.SIGMOID) {
      target = Target.LOGIT;
      notices.add("the model has one output: its value is explained as it is");
    }
    List<ScoredClass> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      all.add(
          new ScoredClass(c, label(c), scores[c], Target.PROBABILITY.of(scores, 0, classes, c)));
    }
    ranking = all.stream().sorted(Comparator.comparingDouble(s -> -s.score())).toList();
    explained =
        switch (options.classes()) {
          case ClassChoice.Top(int top) -> ranking.subList(0, Math.min(top, classes));
          case ClassChoice.Listed(List<Integer> indices) ->
              indices.stream().map(index -> all.get(checked(index))).toList();
        };
    values = new double[Math.multiplyExact(rows, explained.size())];
  }

  private String label(int index) {
    return classes == 1 && labels.names().isEmpty() ? "output" : labels.name(index);
  }

  private int checked(int index) {
    if (index >= classes) {
      throw new IllegalArgumentException(
          "classes must be between 0 and %d for this model, got %d".formatted(classes - 1, index));
    }
    return index;
  }

  /** All classes, best first. */
  List<ScoredClass> ranking() {
    return ranking;
  }

  /** The classes that are explained. */
  List<ScoredClass> explained() {
    return explained;
  }

  List<Integer> indices() {
    return explained.stream().map(ScoredClass::index).toList();
  }

  /** Values of the target, row by row; not to be written to. */
  double[] values() {
    return values;
  }

  /** What is explained of a class. */
  Target target() {
    return target;
  }

  List<String> notices() {
    return notices;
  }
}
