package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.files.batches.FirstPasses;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchModule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The first pictures of an explanation, scored while number format and batch are chosen. What the
 * chosen run has scored of them is handed over, and is not scored again.
 *
 * <p>A module's very first pass is never handed over: TorchScript records it, and what it makes of
 * the record adds up products of matrices in another order, so that later passes have other last
 * bits. Two pictures are scored first and forgotten for that; two, as one fits where more do not.
 * On a GPU nothing is handed over, as pointwise steps are compiled between its first passes.
 */
final class FirstPictures implements AutoCloseable {

  /** As many as a module must see to be as it stays. */
  private static final int WARMING = 2;

  private final Preview preview;
  private final Set<TorchModule> warm = new HashSet<>();
  private final Map<Key, FirstPasses> passes = new HashMap<>();

  /** Modules are compared by identity. */
  private record Key(TorchModule module, int batch) {}

  FirstPictures(Preview preview, TorchDevice device) {
    this.preview = device.cuda() ? preview.withoutScores() : preview;
  }

  /** Whether a whole batch of them is going to be scored. */
  boolean has(int batch) {
    return batch <= preview.rows();
  }

  /** Scores as many as the run takes, for comparison only; the run is closed. */
  double[] compared(TorchRun run) {
    try (Batch batch = run.newBatch()) {
      preview.write(run.format(), run.batchSize(), batch.pixels());
      double[] scores = run.score(batch, run.batchSize());
      warm.add(run.module());
      return scores;
    } finally {
      run.close();
    }
  }

  /**
   * Passes of a module and a batch, the same whenever they are asked for.
   *
   * @param runs of the module, with batches of any size, which are closed
   */
  FirstPasses passes(TorchModule module, IntFunction<TorchRun> runs, int batch) {
    FirstPasses before = passes.get(new Key(module, batch));
    if (before != null) {
      return before;
    }
    boolean kept = has(batch) && warmUp(module, runs, Math.min(WARMING, batch));
    TorchRun run = runs.apply(batch);
    FirstPasses made =
        new FirstPasses(
            kept ? preview : preview.withoutScores(),
            run.format(),
            batch,
            run.newBatch(),
            run::score,
            run::close);
    passes.put(new Key(module, batch), made);
    return made;
  }

  private boolean warmUp(TorchModule module, IntFunction<TorchRun> runs, int rows) {
    try {
      if (!warm.contains(module)) {
        compared(runs.apply(rows));
      }
      return true;
    } catch (QuicklimeException e) {
      // It comes up again with the whole batch, unless that is the only one that the module takes.
      return false;
    }
  }

  /** Hands over what the run that was chosen has scored. */
  void handOver(TorchRun chosen) {
    FirstPasses kept = passes.get(new Key(chosen.module(), chosen.batchSize()));
    if (kept != null) {
      kept.handOver();
    }
  }

  /** Frees what passes still hold. */
  @Override
  public void close() {
    passes.values().forEach(FirstPasses::close);
  }
}
