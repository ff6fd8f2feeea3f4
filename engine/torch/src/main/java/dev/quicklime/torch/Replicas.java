package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Device;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The same model several times, on a device each, as one classifier. Batches are handed out in
 * turn, and as many may be under way as all of them take together; whoever awaits them in the order
 * of submission gets them so. The devices should be alike: the slowest sets the pace.
 *
 * <p>The first one settles format and batch; the others are opened then, as it decided.
 */
public final class Replicas implements PipelinedClassifier {

  private final PipelinedClassifier first;
  private final Function<PipelinedClassifier, List<PipelinedClassifier>> others;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<PipelinedClassifier> all;
  private boolean opened;

  private Replicas(
      PipelinedClassifier first, Function<PipelinedClassifier, List<PipelinedClassifier>> others) {
    this.first = first;
    this.others = others;
    this.all = List.of(first);
  }

  /**
   * Several classifiers as one.
   *
   * @param first settles what the options left open
   * @param others opens the others, once the first is settled: of its format and batch size
   */
  public static Replicas of(
      PipelinedClassifier first, Function<PipelinedClassifier, List<PipelinedClassifier>> others) {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(others, "others");
    return new Replicas(first, others);
  }

  /**
   * Opens a model on each of the options' devices.
   *
   * @param opener opens it on one device, for instance a {@link TorchScript}
   * @return what the opener returned if there is one device only
   * @throws dev.quicklime.QuicklimeException if libtorch cannot use one of the devices
   */
  public static PipelinedClassifier open(
      ModelOptions options, Function<ModelOptions, PipelinedClassifier> opener) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(opener, "opener");
    if (!options.device().several()) {
      return opener.apply(options);
    }
    List<Integer> indices = options.device().indices();
    if (indices.isEmpty()) {
      // With none it is the first one that says what is missing.
      int devices = TorchRuntime.cudaAvailable() ? TorchRuntime.cudaDevices() : 0;
      indices = IntStream.range(0, Math.max(1, devices)).boxed().toList();
    }
    indices.forEach(TorchDevice::cuda);
    PipelinedClassifier first = opener.apply(options.withDevice(Device.cuda(indices.getFirst())));
    if (indices.size() == 1) {
      return first;
    }
    List<Integer> rest = indices.subList(1, indices.size());
    return of(
        first,
        settled -> {
          ModelOptions decided =
              options
                  .withPrecision(
                      Precision.valueOf(settled.info().precision().toUpperCase(Locale.ROOT)))
                  .withBatch(settled.batchSize());
          List<PipelinedClassifier> opened = new ArrayList<>();
          try {
            rest.forEach(i -> opened.add(opener.apply(decided.withDevice(Device.cuda(i)))));
          } catch (RuntimeException e) {
            opened.forEach(Classifier::close);
            throw e;
          }
          return opened;
        });
  }

  /** Settles the first, then opens the others. */
  @Override
  public synchronized void settle(Preview preview) {
    if (opened) {
      return;
    }
    first.settle(preview);
    List<PipelinedClassifier> replicas = new ArrayList<>(List.of(first));
    replicas.addAll(others.apply(first));
    all = List.copyOf(replicas);
    opened = true;
    for (PipelinedClassifier replica : replicas) {
      // They choose nothing any more, and what the first has scored is enough.
      replica.settle(preview.withoutScores());
      if (!replica.format().equals(first.format()) || replica.batchSize() != first.batchSize()) {
        throw new IllegalStateException(
            "replicas must have one format and batch, got %s, %s and %s, %s"
                .formatted(
                    first.format(), first.batchSize(), replica.format(), replica.batchSize()));
      }
    }
  }

  /** Facts about the first, and the devices of all. */
  @Override
  public ClassifierInfo info() {
    return first
        .info()
        .withDevice(all.stream().map(one -> one.info().device()).collect(Collectors.joining(", ")));
  }

  @Override
  public BatchFormat format() {
    return first.format();
  }

  @Override
  public int batchSize() {
    return first.batchSize();
  }

  @Override
  public int inFlight() {
    return all.stream().mapToInt(PipelinedClassifier::inFlight).sum();
  }

  private static <T> T next(AtomicInteger turn, List<T> from) {
    return from.get(Math.floorMod(turn.getAndIncrement(), from.size()));
  }

  /** A batch and whose it is. */
  private record Owned(PipelinedClassifier owner, Batch batch) implements Batch {
    @Override
    public MemorySegment pixels() {
      return batch.pixels();
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  /** Takes memory from one classifier after the other; it will score what is written there. */
  @Override
  public Batch newBatch() {
    PipelinedClassifier owner = next(turn, all);
    return new Owned(owner, owner.newBatch());
  }

  private static Owned owned(Batch batch) {
    if (batch instanceof Owned owned) {
      return owned;
    }
    throw new InvalidInputException("the batch was not taken from this classifier");
  }

  @Override
  public double[] score(Batch batch, int rows) {
    Owned owned = owned(batch);
    return owned.owner().score(owned.batch(), rows);
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    Owned owned = owned(batch);
    return owned.owner().submit(owned.batch(), rows);
  }

  /** The first one's: one picture keeps one device busy. */
  @Override
  public Optional<double[]> scoreInFull(Preview picture) {
    return first.scoreInFull(picture);
  }

  @Override
  public Optional<MaskedScorer> masked(MaskedPicture picture) {
    List<MaskedScorer> scorers = new ArrayList<>();
    try {
      for (PipelinedClassifier replica : all) {
        replica.masked(picture).ifPresent(scorers::add);
      }
    } catch (RuntimeException e) {
      scorers.forEach(MaskedScorer::close);
      throw e;
    }
    if (scorers.size() < all.size()) {
      scorers.forEach(MaskedScorer::close);
      return Optional.empty();
    }
    return Optional.of(new InTurn(scorers, new AtomicInteger()));
  }

  /** Hands masks to one scorer after the other. */
  private record InTurn(List<MaskedScorer> scorers, AtomicInteger turn) implements MaskedScorer {
    @Override
    public PendingScores submit(long[] words, int rows) {
      return next(turn, scorers).submit(words, rows);
    }

    @Override
    public void close() {
      scorers.forEach(MaskedScorer::close);
    }
  }

  @Override
  public synchronized void close() {
    all.forEach(Classifier::close);
  }
}
