package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.jvm.DefaultThreads;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model file is run.
 *
 * @param preprocessing the input it takes
 * @param device where it runs
 * @param precision number format of the forward pass
 * @param batch pictures in a forward pass, 1 to 4096, or 0 to choose by measuring
 * @param threads threads of a forward pass on the CPU, 1 to 1024, or 0 for {@link
 *     dev.quicklime.Environment#threads}
 * @param cache folder that keeps which batch was the fastest for which model, or null to measure it
 *     whenever a model is opened; may be deleted at any time
 * @param compose where perturbed samples are composed
 * @param output the name or the index of the output that holds the scores, for a model with several
 *     of them, or null to take the only one that can
 */
public record ModelOptions(
    Preprocessing preprocessing,
    Device device,
    Precision precision,
    int batch,
    int threads,
    @Nullable Path cache,
    Compose compose,
    @Nullable String output) {

  /** Pixels of a batch that keep two cores busy while its activations stay in tens of megabytes. */
  private static final int AUTO_BATCH_PIXELS = 16 * 224 * 224;

  private static final int MAX_AUTO_BATCH = 64;

  /** What a GPU takes at once to be busy, in batches of the CPU. */
  private static final int GPU_BATCHES = 4;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public ModelOptions {
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(compose, "compose");
    if (batch < 0 || batch > 4096) {
      throw new InvalidInputException("batch must be between 1 and 4096, got " + batch);
    }
    if (threads < 0 || threads > 1024) {
      throw new InvalidInputException("threads must be between 1 and 1024, got " + threads);
    }
    if (output != null && output.isBlank()) {
      throw new InvalidInputException("output must be a name or an index, got nothing");
    }
  }

  /** Chooses all but the input by itself. */
  public static ModelOptions of(Preprocessing preprocessing) {
    return new ModelOptions(
        preprocessing, Device.auto(), Precision.AUTO, 0, 0, null, Compose.HOST, null);
  }

  /** The same on another device. */
  public ModelOptions withDevice(Device value) {
    return new ModelOptions(
        preprocessing, value, precision, batch, threads, cache, compose, output);
  }

  /** The same in another number format. */
  public ModelOptions withPrecision(Precision value) {
    return new ModelOptions(preprocessing, device, value, batch, threads, cache, compose, output);
  }

  /** The same with another number of pictures in a forward pass. */
  public ModelOptions withBatch(int value) {
    return new ModelOptions(
        preprocessing, device, precision, value, threads, cache, compose, output);
  }

  /** The same with another number of threads. */
  public ModelOptions withThreads(int value) {
    return new ModelOptions(preprocessing, device, precision, batch, value, cache, compose, output);
  }

  /** The same with a folder for what was measured. */
  public ModelOptions withCache(@Nullable Path value) {
    return new ModelOptions(
        preprocessing, device, precision, batch, threads, value, compose, output);
  }

  /** The same with samples composed elsewhere. */
  public ModelOptions withCompose(Compose value) {
    return new ModelOptions(preprocessing, device, precision, batch, threads, cache, value, output);
  }

  /** The same with scores taken from another output. */
  public ModelOptions withOutput(@Nullable String value) {
    return new ModelOptions(
        preprocessing, device, precision, batch, threads, cache, compose, value);
  }

  /**
   * Pictures in a forward pass where nothing was measured.
   *
   * @param gpu whether it runs on one
   */
  public int batchOrDefault(boolean gpu) {
    if (batch > 0) {
      return batch;
    }
    long pixels = (long) preprocessing.width() * preprocessing.height();
    int usual = Math.clamp(Long.highestOneBit(AUTO_BATCH_PIXELS / pixels), 1, MAX_AUTO_BATCH);
    return gpu ? GPU_BATCHES * usual : usual;
  }

  /** Threads of a forward pass, where 0 stands for {@link dev.quicklime.Environment#threads}. */
  public int threadsOrDefault() {
    return threads > 0 ? threads : DefaultThreads.count();
  }
}
