package dev.quicklime;

import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Scores all samples of one explanation, batch by batch. Only the explained classes' values are
 * kept, so that memory grows by 8·C bytes a sample. For one thread and one use.
 */
final class SampleRunner {

  private final RowLoop loop;
  private final Labels labels;
  private final ExplainOptions options;
  private final int rows;
  private final List<String> notices;

  private Target target;
  private List<ScoredClass> ranking = List.of();
  private List<ScoredClass> explained = List.of();
  private double[] values = new double[0];

  SampleRunner(
      Classifier classifier,
      Labels labels,
      ExplainOptions options,
      int rows,
      List<String> notices) {
    this.loop = new RowLoop(classifier, labels);
    this.rows = rows;
    this.labels = labels;
    this.options = options;
    this.notices = notices;
    this.target = options.target();
  }

  /** Composes and scores the rows from {@code from} to before {@code to}, row 0 first of all. */
  void run(SampleFeed feed, int from, int to, Progress progress, Timings.Clock clock) {
    loop.run(
        feed,
        from,
        to,
        (scores, first, count) -> {
          keep(scores, first, count);
          progress.scored(first + count, rows);
        },
        clock);
  }

  private void keep(double[] scores, int first, int count) {
    if (first == 0) {
      begin(scores);
    }
    int classes = loop.classes();
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < explained.size(); c++) {
        values[(first + row) * explained.size() + c] =
            target.of(scores, row * classes, classes, explained.get(c).index());
      }
    }
  }

  /** The first batch holds the original, whose scores decide what is explained. */
  private void begin(double[] scores) {
    int classes = loop.classes();
    if (classes == 1 && target != Target.LOGIT && target != Target.SIGMOID) {
      target = Target.LOGIT;
      notices.add("the model has one output: its value is explained as it is");
    }
    List<ScoredClass> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      all.add(
          new ScoredClass(
              c, labels.name(c), scores[c], Target.PROBABILITY.of(scores, 0, classes, c)));
    }
    ranking = all.stream().sorted(Comparator.comparingDouble(s -> -s.score())).toList();
    explained =
        switch (options.classes()) {
          case ClassChoice.Top(int top) -> ranking.subList(0, Math.min(top, classes));
          case ClassChoice.Listed(List<Integer> indices) ->
              indices.stream().map(index -> all.get(checked(index, classes))).toList();
        };
    values = new double[Math.multiplyExact(rows, explained.size())];
  }

  private static int checked(int index, int classes) {
    if (index >= classes) {
      throw new IllegalArgumentException(
          "classes must be between 0 and %d for this model, got %d".formatted(classes - 1, index));
    }
    return index;
  }

  /** The classes that are reported with their scores, best first. */
  List<ScoredClass> shown() {
    return ranking.subList(0, Math.min(options.scoresShown(), ranking.size()));
  }

  /** The classes that are explained. */
  List<ScoredClass> explained() {
    return explained;
  }

  List<Integer> indices() {
    return explained.stream().map(ScoredClass::index).toList();
  }

  /** Values of the target, row by row, of the first rows. */
  double[] values(int count) {
    return count == rows ? values : Arrays.copyOf(values, count * explained.size());
  }
}
