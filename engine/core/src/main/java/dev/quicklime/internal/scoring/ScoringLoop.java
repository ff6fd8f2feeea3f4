package dev.quicklime.internal.scoring;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes samples through a model, batch by batch. A model that scores while its caller goes on gets
 * the next batches meanwhile, as many as it takes. For one thread.
 */
public final class ScoringLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ScoringLoop.class);

  /** Takes the raw scores of some samples. */
  @FunctionalInterface
  public interface Sink {

    /** Takes all classes' scores of {@code count} samples from {@code first} on, row by row. */
    void take(double[] scores, int first, int count);
  }

  private final Scores scores;
  private final Labels labels;
  private final String sample;

  /**
   * Prepares runs of one model.
   *
   * @param model what messages call it
   * @param labels names of its classes, compared with how many there turn out to be
   * @param sample what messages call a sample, as {@code picture} or {@code row}
   */
  public ScoringLoop(String model, Labels labels, String sample) {
    this.scores = new Scores(model, sample, labels::name);
    this.labels = labels;
    this.sample = sample;
  }

  /** A batch whose scores are awaited. */
  private record Flight(PendingScores scores, int first, int count) {}

  /**
   * Scores the samples from {@code from} to before {@code to}.
   *
   * @throws InvalidInputException if the labels are not as many as the classes
   * @throws QuicklimeException if the model returns something else than as many finite scores for
   *     each sample
   * @throws CancellationException if the thread is interrupted
   */
  public void run(SampleFeed feed, int from, int to, Sink sink, Timings.Clock clock) {
    int ring = feed.inFlight();
    ArrayDeque<Flight> flying = new ArrayDeque<>();
    int first = from;
    try {
      while (first < to || !flying.isEmpty()) {
        if (flying.size() == ring || first == to) {
          Flight flight = flying.remove();
          double[] found = flight.scores().await();
          check(found, flight.first(), flight.count());
          sink.take(found, flight.first(), flight.count());
          clock.stop(Stage.FORWARD);
        }
        if (first == to) {
          continue;
        }
        if (Thread.interrupted()) {
          throw new CancellationException(
              "interrupted after %s of %s %ss".formatted(first, to, sample));
        }
        int count = Math.min(feed.batchSize(), to - first);
        flying.add(new Flight(feed.submit(first, count, clock), first, count));
        first += count;
      }
    } finally {
      // Memory that is still being read must not be given to anybody else.
      flying.forEach(ScoringLoop::abandon);
    }
  }

  private void check(double[] found, int first, int count) {
    boolean begun = scores.classes() > 0;
    if (!begun && found.length > 0 && found.length % count == 0) {
      labels.check(found.length / count);
    }
    scores.check(found, first, count);
  }

  private static void abandon(Flight flight) {
    try {
      flight.scores().abandon();
    } catch (RuntimeException e) {
      LOG.debug("a batch that was given up failed: {}", e.toString());
    }
  }

  /** How many scores the model returns for a sample; 0 before the first. */
  public int classes() {
    return scores.classes();
  }
}
