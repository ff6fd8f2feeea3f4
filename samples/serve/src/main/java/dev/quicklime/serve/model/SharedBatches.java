package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A classifier of which several threads score at once, and whose forward passes cost the same
 * however few rows they have: batches that are not full go together. The first of them gathers
 * others' rows behind its own while it waits for its turn, and for a little longer where other
 * batches are in sight; one that does not fit is divided. Full batches go as they are, without a
 * copy, and so does one that nobody joined.
 *
 * <p>Whoever gathers scores for all, even when its thread is interrupted meanwhile; what fails then
 * fails for all of them. A thread waits for others' forward passes only, never for others' work.
 */
public final class SharedBatches implements PipelinedClassifier {

  private final PipelinedClassifier model;
  private final Semaphore turns;
  private final long patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongAdder forwards = new LongAdder();
  private final LongAdder sharedRows = new LongAdder();

  /** What takes more rows, if anything does; guarded by the lock. */
  private @Nullable Gathering open;

  /** Batches that somebody has taken and not given back; guarded by the lock. */
  private int out;

  private SharedBatches(PipelinedClassifier model, int turns, long patience) {
    this.model = model;
    this.turns = new Semaphore(turns, true);
    this.patience = patience;
  }

  /**
   * Shares the forward passes of a model.
   *
   * @param model is closed with the result
   * @param turns how many forward passes are handed to the model at once, ≥ 1; all others wait, in
   *     order of arrival
   * @param patience how long a batch that is not full waits for others where some are in sight, ≥ 0
   * @throws InvalidInputException if a number is below its least
   */
  public static SharedBatches of(PipelinedClassifier model, int turns, Duration patience) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(patience, "patience");
    if (turns < 1 || patience.isNegative()) {
      throw new InvalidInputException(
          "turns must be at least 1 and patience at least 0, got %s and %s"
              .formatted(turns, patience));
    }
    return new SharedBatches(model, turns, patience.toNanos());
  }

  /** How many forward passes there were. */
  public long forwards() {
    return forwards.sum();
  }

  /** How many rows went in forward passes with those of somebody else. */
  public long sharedRows() {
    return sharedRows.sum();
  }

  /** How many batches wait for a forward pass, alone or with others. */
  int waiting() {
    lock.lock();
    try {
      Gathering now = open;
      return Math.max(turns.getQueueLength(), now == null ? 0 : now.members());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ClassifierInfo info() {
    return model.info();
  }

  @Override
  public BatchFormat format() {
    return model.format();
  }

  @Override
  public int batchSize() {
    return model.batchSize();
  }

  @Override
  public void settle(Preview preview) {
    model.settle(preview);
  }

  @Override
  public int inFlight() {
    return model.inFlight();
  }

  @Override
  public Optional<double[]> scoreInFull(Preview picture) {
    return model.scoreInFull(picture);
  }

  @Override
  public Optional<MaskedScorer> masked(MaskedPicture picture) {
    return model.masked(picture);
  }

  @Override
  public Batch newBatch() {
    Batch batch = model.newBatch();
    count(1);
    return new Taken(batch);
  }

  private void count(int more) {
    lock.lock();
    try {
      out += more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A batch that is in sight until it is given back. */
  private final class Taken implements Batch {
    private final Batch batch;
    private boolean closed;

    Taken(Batch batch) {
      this.batch = batch;
    }

    @Override
    public MemorySegment pixels() {
      return batch.pixels();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        batch.close();
        count(-1);
      }
    }
  }

  @Override
  public double[] score(Batch batch, int rows) {
    return submit(batch, rows).await();
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    if (!(batch instanceof Taken taken)) {
      throw new InvalidInputException("the batch was not taken from this classifier");
    }
    if (rows < 1 || rows >= model.batchSize()) {
      return begin(new Gathering(taken.batch, rows, model.format().bytes()));
    }
    return partial(taken.batch, rows);
  }

  /** Joins what is gathered, and gathers itself with the rows that do not fit. */
  private PendingScores partial(Batch batch, int rows) {
    long bytes = model.format().bytes();
    int joined = 0;
    PendingScores share = null;
    Gathering own = null;
    lock.lock();
    try {
      Gathering other = open;
      if (other != null) {
        joined = Math.min(rows, model.batchSize() - other.rows());
        share = other.add(batch.pixels().asSlice(0, joined * bytes), joined);
        if (other.rows() == model.batchSize()) {
          open = null;
        }
        changed.signalAll();
      }
      if (joined < rows) {
        if (joined > 0) {
          MemorySegment pixels = batch.pixels();
          MemorySegment.copy(pixels, joined * bytes, pixels, 0, (rows - joined) * bytes);
        }
        own = new Gathering(batch, rows - joined, bytes);
        open = own;
      }
    } finally {
      lock.unlock();
    }
    if (own == null) {
      return Objects.requireNonNull(share, "share");
    }
    PendingScores rest = lead(own);
    return share == null ? rest : Gathering.both(share, rest);
  }

  private PendingScores lead(Gathering own) {
    awaitCompany(own);
    try {
      PendingScores scores = begin(own);
      if (own.members() == 1) {
        return scores;
      }
      sharedRows.add(own.rows());
      return own.complete(scores.await());
    } catch (RuntimeException | Error e) {
      // Others wait for it.
      own.fail(e);
      throw e;
    }
  }

  private PendingScores begin(Gathering own) {
    turns.acquireUninterruptibly();
    try {
      close(own);
      forwards.increment();
      return model.submit(own.batch(), own.rows());
    } finally {
      turns.release();
    }
  }

  private void awaitCompany(Gathering own) {
    long left = patience;
    lock.lock();
    try {
      while (left > 0 && open == own && out > own.members() * model.inFlight()) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Whoever scores batch by batch looks at it, when the others have their scores.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void close(Gathering own) {
    lock.lock();
    try {
      if (open == own) {
        open = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
