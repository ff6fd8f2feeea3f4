package dev.quicklime;

import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores all samples of one explanation, batch by batch. Only the explained classes' values are
 * kept, so that memory grows by 8·C bytes a sample. For one thread and one use.
 */
final class SampleRunner {

  private static final Logger LOG = LoggerFactory.getLogger(SampleRunner.class);

  private final Classifier classifier;
  private final Labels labels;
  private final ExplainOptions options;
  private final List<String> notices;

  private Target target;
  private int classes;
  private List<ScoredClass> ranking = List.of();
  private List<ScoredClass> explained = List.of();
  private double[] values = new double[0];

  SampleRunner(Classifier classifier, Labels labels, ExplainOptions options, List<String> notices) {
    this.classifier = classifier;
    this.labels = labels;
    this.options = options;
    this.notices = notices;
    this.target = options.target();
  }

  /** A batch whose scores are awaited. */
  private record Flight(PendingScores scores, int first, int count) {}

  /**
   * Composes and scores. A classifier that scores while its caller goes on gets the next batches
   * meanwhile, as many as it takes.
   */
  void run(SampleFeed feed, int rows, Progress progress, Timings.Clock clock) {
    int ring = classifier.inFlight();
    ArrayDeque<Flight> flying = new ArrayDeque<>();
    int first = 0;
    try {
      while (first < rows || !flying.isEmpty()) {
        if (flying.size() == ring || first == rows) {
          land(flying.remove(), rows, progress);
          clock.stop(Stage.FORWARD);
        }
        if (first == rows) {
          continue;
        }
        if (Thread.interrupted()) {
          throw new CancellationException(
              "interrupted after " + first + " of " + rows + " samples");
        }
        int count = Math.min(classifier.batchSize(), rows - first);
        flying.add(new Flight(feed.submit(first, count, clock), first, count));
        first += count;
      }
    } finally {
      // Memory that is still being read must not be given to anybody else.
      flying.forEach(SampleRunner::abandon);
    }
  }

  private static void abandon(Flight flight) {
    try {
      flight.scores().await();
    } catch (RuntimeException e) {
      LOG.debug("a batch that was given up failed: {}", e.toString());
    }
  }

  private void land(Flight flight, int rows, Progress progress) {
    keep(flight.scores().await(), flight.first(), flight.count(), rows);
    progress.scored(flight.first() + flight.count(), rows);
  }

  private void keep(double[] scores, int first, int count, int rows) {
    if (first == 0) {
      begin(scores, count, rows);
    }
    if (scores.length != count * classes) {
      throw new QuicklimeException(
          "model %s must return %d scores for each picture, got %d for %d pictures"
              .formatted(classifier.info().name(), classes, scores.length, count));
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new QuicklimeException(
            "model %s must return finite scores, got %s for %s of sample %d"
                .formatted(
                    classifier.info().name(),
                    scores[i],
                    labels.name(i % classes),
                    first + i / classes));
      }
    }
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < explained.size(); c++) {
        values[(first + row) * explained.size() + c] =
            target.of(scores, row * classes, classes, explained.get(c).index());
      }
    }
  }

  /** The first batch holds the original, whose scores decide what is explained. */
  private void begin(double[] scores, int count, int rows) {
    if (scores.length == 0 || scores.length % count != 0) {
      throw new QuicklimeException(
          "model %s must return as many scores for each picture, at least one, got %d for %d"
              .formatted(classifier.info().name(), scores.length, count));
    }
    classes = scores.length / count;
    labels.check(classes);
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
              indices.stream().map(index -> all.get(checked(index))).toList();
        };
    values = new double[Math.multiplyExact(rows, explained.size())];
  }

  private int checked(int index) {
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

  /** Values of the target, row by row. */
  double[] values() {
    return values;
  }
}
