package dev.quicklime.files.batches;

import dev.quicklime.QuicklimeException;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fastest of a few batch sizes, measured or remembered.
 *
 * @param batch pictures in a forward pass
 * @param reason how it was found
 */
public record BatchChoice(int batch, String reason) {

  /** After this long what was measured so far decides. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** By how much another batch must be faster than the usual one; less is noise. */
  private static final double GAIN = 1.03;

  private static final int LARGEST = 256;

  /** Refuses what is missing. */
  public BatchChoice {
    Objects.requireNonNull(reason, "reason");
  }

  /** A forward pass of one batch. */
  public interface Trial extends AutoCloseable {
    /** Runs it once and waits for the scores. */
    void run();

    @Override
    void close();
  }

  /**
   * Chooses a batch.
   *
   * @param key what the choice depends on
   * @param cache folder that remembers choices, or null
   * @param usual batch that is taken unless another one is faster
   * @param trials makes a forward pass of a given batch
   */
  public static BatchChoice of(
      String key, @Nullable Path cache, int usual, IntFunction<? extends Trial> trials) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(trials, "trials");
    if (cache != null) {
      OptionalInt remembered = new BatchCache(cache).read(key);
      if (remembered.isPresent()) {
        return new BatchChoice(
            remembered.getAsInt(), remembered.getAsInt() + ", the fastest when it was measured");
      }
    }
    BatchChoice choice = measure(usual, trials);
    if (cache != null) {
      new BatchCache(cache).write(key, choice.batch());
    }
    return choice;
  }

  private static BatchChoice measure(int usual, IntFunction<? extends Trial> trials) {
    long start = System.nanoTime();
    double best = 0;
    int chosen = usual;
    List<String> speeds = new ArrayList<>();
    for (int batch : new int[] {usual, 2 * usual, usual / 2, 4 * usual}) {
      boolean late = System.nanoTime() - start > LIMIT_NANOS;
      if (batch < 1 || batch > LARGEST || late) {
        continue;
      }
      double speed;
      try {
        speed = speed(batch, trials);
      } catch (QuicklimeException e) {
        if (batch == usual) {
          throw e;
        }
        // Most likely a GPU's memory: a batch that does not fit is no choice, and no failure
        // either.
        speeds.add(batch + " failed");
        continue;
      }
      speeds.add(String.format(Locale.ROOT, "%d %.0f/s", batch, speed));
      // The usual batch comes first and has nothing to beat.
      if (speed > (chosen == usual ? GAIN : 1) * best) {
        best = speed;
        chosen = batch;
      }
    }
    return new BatchChoice(chosen, chosen + ", measured: " + String.join(", ", speeds));
  }

  private static double speed(int batch, IntFunction<? extends Trial> trials) {
    try (Trial trial = trials.apply(batch)) {
      // The first one allocates, and TorchScript still looks at what it is given.
      trial.run();
      long start = System.nanoTime();
      trial.run();
      return batch * 1e9 / (System.nanoTime() - start);
    }
  }

  /** What a choice depends on: the file, what runs it and on how many threads. */
  public static String key(Path file, ClassifierInfo info, ModelOptions options) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(options, "options");
    String state;
    try {
      state = Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      state = "unknown";
    }
    return String.join(
        "|",
        file.toAbsolutePath().normalize().toString(),
        state,
        info.runtime(),
        info.device(),
        info.precision(),
        info.threads() + " threads",
        options.preprocessing().width() + "x" + options.preprocessing().height());
  }

  @Override
  public String toString() {
    return reason;
  }
}
