package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.TorchModule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same model in single precision, for scores of whole pictures beside samples in bfloat16. Its
 * module is kept once it is there, four bytes for each parameter more: to load it for each picture
 * takes three times as long as to score that. Where it cannot be had, scores in bfloat16 are all
 * there are; that is found out by the first picture and stays so, as the next ones are to be
 * comparable. May be used by several threads at once.
 *
 * <p>A picture is scored alone: of a ResNet-50, whose scores differ by 1.5e-6 from those in a batch
 * of 16, that takes 8 % of the batch's time. A module's very first pass is forgotten, see {@link
 * FirstPictures}, so that one picture has the same scores whatever was scored before.
 */
final class FullScores implements AutoCloseable {

  private final Supplier<TorchModule> loader;
  private final BiFunction<TorchModule, Integer, TorchRun> runs;
  private @Nullable TorchModule module;
  private @Nullable TorchRun run;
  private volatile @Nullable String failure;
  private boolean closed;

  /**
   * Nothing is loaded yet.
   *
   * @param loader loads the module in single precision
   * @param runs of that module, with so many pictures in a pass
   */
  FullScores(Supplier<TorchModule> loader, BiFunction<TorchModule, Integer, TorchRun> runs) {
    this.loader = loader;
    this.runs = runs;
  }

  /** Takes over a module in single precision, which need not be loaded again then. */
  synchronized void take(TorchModule loaded) {
    module = loaded;
  }

  /** Whether nothing speaks against them so far. */
  boolean mayBeHad() {
    return failure == null;
  }

  /** Why there are none, in a sentence; nothing where nothing speaks against them so far. */
  List<String> decisions() {
    String why = failure;
    return why == null ? List.of() : List.of("scores of whole pictures: bf16, as in fp32 " + why);
  }

  /**
   * Scores a picture.
   *
   * @param batch pictures in a pass where the model does not take one alone
   */
  synchronized Optional<double[]> score(Preview picture, int batch) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    if (failure != null) {
      return Optional.empty();
    }
    try {
      TorchRun ready = run;
      if (ready == null) {
        ready = prepare(picture, batch);
        run = ready;
      }
      double[] scores = scored(ready, picture);
      if (Arrays.stream(scores).allMatch(Double::isFinite)) {
        return Optional.of(scores);
      }
      failure = "scores are not finite";
    } catch (QuicklimeException e) {
      failure = String.valueOf(e.getMessage());
    }
    free();
    return Optional.empty();
  }

  /** Finds out how many pictures a pass takes; that pass is the module's first. */
  private TorchRun prepare(Preview picture, int batch) {
    TorchModule ready = module;
    if (ready == null) {
      ready = loader.get();
      module = ready;
    }
    TorchRun alone = runs.apply(ready, 1);
    try {
      scored(alone, picture);
      if (ready.taken() == null || batch == 1) {
        return alone;
      }
      // Which of several outputs has scores is told by the batch.
      alone.close();
    } catch (QuicklimeException e) {
      alone.close();
      if (batch == 1) {
        throw e;
      }
    }
    TorchRun whole = runs.apply(ready, batch);
    try {
      scored(whole, picture);
      return whole;
    } catch (QuicklimeException e) {
      whole.close();
      throw e;
    }
  }

  private static double[] scored(TorchRun run, Preview picture) {
    try (Batch batch = run.newBatch()) {
      picture.write(run.format(), 1, batch.pixels());
      return run.score(batch, 1);
    }
  }

  private void free() {
    if (run != null) {
      run.close();
      run = null;
    }
    if (module != null) {
      module.close();
      module = null;
    }
  }

  /** Frees the module, once no pass is under way. */
  @Override
  public synchronized void close() {
    closed = true;
    free();
  }
}
