package dev.quicklime;

import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows of masks through a classifier, batch by batch. A classifier that scores while its
 * caller goes on gets the next batches meanwhile, as many as it takes. For one thread.
 */
final class RowLoop {

  private static final Logger LOG = LoggerFactory.getLogger(RowLoop.class);

  /** Takes the raw scores of some rows. */
  @FunctionalInterface
  interface Sink {

    /** Takes all classes' scores of {@code count} rows from row {@code first} on, row by row. */
    void take(double[] scores, int first, int count);
  }

  private final Classifier classifier;
  private final Labels labels;
  private int classes;

  RowLoop(Classifier classifier, Labels labels) {
    this.classifier = classifier;
    this.labels = labels;
  }

  /** A batch whose scores are awaited. */
  private record Flight(PendingScores scores, int first, int count) {}

  /**
   * Composes and scores the rows from {@code from} to before {@code to}.
   *
   * @throws QuicklimeException if the classifier returns something else than as many finite scores
   *     for each row
   * @throws CancellationException if the thread is interrupted
   */
  void run(SampleFeed feed, int from, int to, Sink sink, Timings.Clock clock) {
    int ring = classifier.inFlight();
    ArrayDeque<Flight> flying = new ArrayDeque<>();
    int first = from;
    try {
      while (first < to || !flying.isEmpty()) {
        if (flying.size() == ring || first == to) {
          Flight flight = flying.remove();
          double[] scores = flight.scores().await();
          check(scores, flight.first(), flight.count());
          sink.take(scores, flight.first(), flight.count());
          clock.stop(Stage.FORWARD);
        }
        if (first == to) {
          continue;
        }
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted after " + first + " of " + to + " samples");
        }
        int count = Math.min(classifier.batchSize(), to - first);
        flying.add(new Flight(feed.submit(first, count, clock), first, count));
        first += count;
      }
    } finally {
      // Memory that is still being read must not be given to anybody else.
      flying.forEach(RowLoop::abandon);
    }
  }

  private static void abandon(Flight flight) {
    try {
      flight.scores().await();
    } catch (RuntimeException e) {
      LOG.debug("a batch that was given up failed: {}", e.toString());
    }
  }

  private void check(double[] scores, int first, int count) {
    String name = classifier.info().name();
    if (classes == 0) {
      if (scores.length == 0 || scores.length % count != 0) {
        throw new QuicklimeException(
            "model %s must return as many scores for each picture, at least one, got %d for %d"
                .formatted(name, scores.length, count));
      }
      classes = scores.length / count;
      labels.check(classes);
    }
    if (scores.length != count * classes) {
      throw new QuicklimeException(
          "model %s must return %d scores for each picture, got %d for %d pictures"
              .formatted(name, classes, scores.length, count));
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new QuicklimeException(
            "model %s must return finite scores, got %s for %s of sample %d"
                .formatted(name, scores[i], labels.name(i % classes), first + i / classes));
      }
    }
  }

  /** How many scores the classifier returns for a picture; 0 before the first. */
  int classes() {
    return classes;
  }
}
