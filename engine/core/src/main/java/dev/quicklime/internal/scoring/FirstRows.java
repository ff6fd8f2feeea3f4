package dev.quicklime.internal.scoring;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.Preview;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The samples of a picture as a classifier sees them before it settles, and the scores that it has
 * found of them meanwhile. For one run and one thread.
 */
public final class FirstRows implements Preview {

  private final Perturbation perturbation;
  private final MaskMatrix masks;
  private final Map<Integer, Long> composing = new HashMap<>();
  private final Map<Integer, double[]> found = new HashMap<>();
  private int batch;
  private long composed;
  private long forward;

  /**
   * Nothing was scored yet.
   *
   * @param masks of the rows that are going to be scored, in their order
   */
  public FirstRows(Perturbation perturbation, MaskMatrix masks) {
    this.perturbation = perturbation;
    this.masks = masks;
  }

  @Override
  public void write(BatchFormat format, int rows, MemorySegment into) {
    try (Compositor compositor = Compositor.of(perturbation, format)) {
      for (int first = 0; first < rows; first += masks.rows()) {
        int count = Math.min(masks.rows(), rows - first);
        compositor.compose(masks, 0, count, into.asSlice(first * format.bytes()));
      }
    }
  }

  @Override
  public int rows() {
    return masks.rows();
  }

  @Override
  public void write(BatchFormat format, int first, int rows, MemorySegment into) {
    Objects.checkFromIndexSize(first, rows, masks.rows());
    long start = System.nanoTime();
    try (Compositor compositor = Compositor.of(perturbation, format)) {
      compositor.compose(masks, first, rows, into);
    }
    composing.put(first, System.nanoTime() - start);
  }

  @Override
  public void scored(int first, int rows, double[] scores, long nanos) {
    Objects.checkFromIndexSize(first, rows, masks.rows());
    batch = rows;
    found.put(first, scores);
    composed += composing.getOrDefault(first, 0L);
    forward += nanos;
  }

  /**
   * Counts the time since the clock was stopped last to settling, but for what it took to compose
   * and score the rows whose scores are there now.
   */
  public void stop(Timings.Clock clock) {
    clock.stop(Stage.SETTLE);
    clock.move(Stage.SETTLE, Stage.COMPOSE, composed);
    clock.move(Stage.SETTLE, Stage.FORWARD, forward);
  }

  /**
   * A feed of the same rows whose scores are at hand where they were found already.
   *
   * @param feed of these rows, and perhaps others behind them; is closed with the result
   */
  public SampleFeed before(SampleFeed feed) {
    return found.isEmpty() || feed.batchSize() != batch ? feed : new Found(feed, found);
  }

  /** Hands over what nobody has scored; whole batches of the others are scored already. */
  private record Found(SampleFeed feed, Map<Integer, double[]> scores) implements SampleFeed {

    @Override
    public int batchSize() {
      return feed.batchSize();
    }

    @Override
    public int inFlight() {
      return feed.inFlight();
    }

    @Override
    public PendingScores submit(int first, int count, Timings.Clock clock) {
      double[] known = count == batchSize() ? scores.get(first) : null;
      return known == null ? feed.submit(first, count, clock) : () -> known;
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
