package dev.quicklime.files.batches;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Forward passes of one shape over the first pictures, each over the next ones. Where their format
 * and batch are those that are chosen, their scores stand for passes that the pictures need anyway.
 * Past the last whole batch of pictures that are going to be scored, passes are of the first ones
 * and their scores of no further use. Owns a batch's memory; for one thread.
 */
public final class FirstPasses implements BatchChoice.Trial {

  /** Scores a batch, as {@link dev.quicklime.model.Classifier#score} does. */
  @FunctionalInterface
  public interface Scorer {

    /** Raw scores of the first pictures of a batch, row by row. */
    double[] score(Batch batch, int rows);
  }

  private final Preview preview;
  private final BatchFormat format;
  private final int batch;
  private final Batch memory;
  private final Scorer scorer;
  private final Runnable end;
  private final List<Pass> passes = new ArrayList<>();
  private boolean written;
  private boolean further;
  private boolean ran;
  private boolean closed;

  /** A pass over pictures that are going to be scored. */
  // Nobody compares passes; an array that nobody else holds need not be copied.
  @SuppressWarnings("ArrayRecordComponent")
  private record Pass(double[] scores, long nanos) {}

  /**
   * Nothing is composed or scored yet.
   *
   * @param preview whose pictures they are
   * @param format what the scorer takes
   * @param batch pictures in a pass, ≥ 1
   * @param memory of a batch, which is closed with this
   * @param scorer makes a pass
   * @param end what else is to be closed with this
   */
  public FirstPasses(
      Preview preview, BatchFormat format, int batch, Batch memory, Scorer scorer, Runnable end) {
    this.preview = Objects.requireNonNull(preview, "preview");
    this.format = Objects.requireNonNull(format, "format");
    this.batch = batch;
    this.memory = Objects.requireNonNull(memory, "memory");
    this.scorer = Objects.requireNonNull(scorer, "scorer");
    this.end = Objects.requireNonNull(end, "end");
  }

  @Override
  public boolean warm() {
    return ran;
  }

  /** Composes the pictures of the next pass. */
  @Override
  public void prepare() {
    int next = passes.size() * batch;
    further = batch <= preview.rows() - next;
    if (further) {
      preview.write(format, next, batch, memory.pixels());
    } else if (!written) {
      preview.write(format, batch, memory.pixels());
    }
    written = true;
  }

  @Override
  public void run() {
    score();
  }

  /** Scores of the pictures that were composed last. */
  public double[] score() {
    long start = System.nanoTime();
    double[] scores = scorer.score(memory, batch);
    if (further) {
      passes.add(new Pass(scores, System.nanoTime() - start));
    }
    further = false;
    ran = true;
    return scores;
  }

  /** Hands the scores over, as format and batch are those that were chosen. */
  public void handOver() {
    for (int i = 0; i < passes.size(); i++) {
      preview.scored(i * batch, batch, passes.get(i).scores(), passes.get(i).nanos());
    }
  }

  /** Frees the memory; scores are kept. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.close();
      end.run();
    }
  }
}
