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

  /**
   * What trying others than the usual batch may take. Whatever passes last longer has a device that
   * the usual batch keeps busy: on two cores a ResNet-50 would spend seconds of passes in vain to
   * learn that.
   */
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  /** Passes that a batch is timed by: one that does not count, and one that does. */
  private static final int PASSES = 2;

  /** By how much another batch must be faster than the usual one; less is noise. */
  private static final double GAIN = 1.03;

  private static final int LARGEST = 256;

  /** Refuses what is missing. */
  public BatchChoice {
    Objects.requireNonNull(reason, "reason");
  }

  /** A forward pass of one batch. */
  public interface Trial extends AutoCloseable {
    /** Whether it ran before, so that the next time may count. */
    default boolean warm() {
      return false;
    }

    /** Makes ready for the next run; its time does not count. */
    default void prepare() {}

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
    OptionalInt remembered = remembered(key, cache);
    if (remembered.isPresent()) {
      return new BatchChoice(
          remembered.getAsInt(), remembered.getAsInt() + ", the fastest when it was measured");
    }
    BatchChoice choice = measure(usual, trials);
    if (cache != null) {
      new BatchCache(cache).write(key, choice.batch());
    }
    return choice;
  }

  /**
   * The batch that was the fastest when it was measured, if it was.
   *
   * @param key what the choice depends on
   * @param cache folder that remembers choices, or null
   */
  public static OptionalInt remembered(String key, @Nullable Path cache) {
    Objects.requireNonNull(key, "key");
    return cache == null ? OptionalInt.empty() : new BatchCache(cache).read(key);
  }

  private static BatchChoice measure(int usual, IntFunction<? extends Trial> trials) {
    long left = LIMIT_NANOS;
    double best = 0;
    int chosen = usual;
    List<String> speeds = new ArrayList<>();
    for (int batch : new int[] {usual, 2 * usual, usual / 2, 4 * usual}) {
      boolean late = batch != usual && PASSES * batch * 1e9 / best > left;
      if (batch < 1 || batch > LARGEST || late) {
        continue;
      }
      long start = System.nanoTime();
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
      } finally {
        // What the usual batch takes is mostly kept.
        left -= batch == usual ? 0 : System.nanoTime() - start;
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
      if (!trial.warm()) {
        // The first one allocates, and TorchScript still looks at what it is given.
        trial.prepare();
        trial.run();
      }
      trial.prepare();
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
