package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Device;
import dev.quicklime.model.RowModel;
import dev.quicklime.torch.internal.BakedBatch;
import dev.quicklime.torch.internal.PinnedBuffer;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.ScriptFile;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchModule;
import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript file whose {@code forward} takes one tensor [batch, inputs] in single precision and
 * returns one of raw scores [batch, classes]; a tensor [batch] counts as one class, a regression.
 * Every forward pass has the same shape: the last batch is filled up with zeros. A file that takes
 * one batch alone, as a trace wrote it down, is run with that one. Forward passes are serialised,
 * so that several threads may use it at once.
 */
public final class TorchRows implements RowModel {

  private static final int LARGEST_BATCH = 1 << 20;

  /** As far as scores of one row may differ between places of a batch. */
  private static final double TOLERANCE = 1e-3;

  private final TorchModule module;
  private final TorchDevice device;
  private final int batch;
  private ClassifierInfo info;
  private @Nullable Buffer buffer;
  private int taken;
  private boolean proven;
  private boolean closed;

  private TorchRows(ClassifierInfo info, TorchModule module, TorchDevice device, int batch) {
    this.info = info;
    this.module = module;
    this.device = device;
    this.batch = batch;
    this.taken = batch;
  }

  /**
   * Loads a model file.
   *
   * @param device where it runs, one device
   * @param batch rows of a forward pass, 1 to 1048576
   * @param threads threads of a forward pass on the CPU, 1 to 1024, or 0 for {@link
   *     Environment#threads}
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static TorchRows open(Path file, Device device, int batch, int threads) {
    return open(file, device, batch, threads, null);
  }

  /**
   * Loads a model file that may have several outputs.
   *
   * @param device where it runs, one device
   * @param batch rows of a forward pass, 1 to 1048576
   * @param threads threads of a forward pass on the CPU, 1 to 1024, or 0 for {@link
   *     Environment#threads}
   * @param output name or index of the output that holds the scores; or null for the only one that
   *     can, or the one called {@code logits}
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static TorchRows open(
      Path file, Device device, int batch, int threads, @Nullable String output) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(device, "device");
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new InvalidInputException(
          "batch must be between 1 and " + LARGEST_BATCH + ", got " + batch);
    }
    if (threads < 0 || threads > 1024) {
      throw new InvalidInputException("threads must be between 1 and 1024, got " + threads);
    }
    int used = threads > 0 ? threads : Environment.threads();
    ScriptFile.check(file);
    TorchDevice chosen = TorchDevice.of(device);
    TorchModule module = TorchScript.load(file, used, chosen, false);
    module.takeFrom(output);
    return new TorchRows(
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "libtorch " + TorchRuntime.version(),
            module.parameters(),
            chosen.toString(),
            "fp32",
            used,
            module.decisions(),
            module.notices()),
        module,
        chosen,
        batch);
  }

  @Override
  public synchronized ClassifierInfo info() {
    return info;
  }

  @Override
  public int batchSize() {
    return batch;
  }

  @Override
  public boolean singlePrecision() {
    return true;
  }

  @Override
  public synchronized double[] score(double[] rows, int columns) {
    int count = rows.length / columns;
    if (count < 1 || count > batch || rows.length % columns != 0) {
      throw new InvalidInputException(
          "rows must be 1 to %s of %s numbers, got %s numbers"
              .formatted(batch, columns, rows.length));
    }
    try {
      double[] scores = passes(rows, columns);
      proven = true;
      return scores;
    } catch (QuicklimeException e) {
      if (proven || !fixBatch(rows, columns)) {
        throw e;
      }
    }
    return passes(rows, columns);
  }

  /** Takes the one number of rows that the module takes, where there is one. */
  private boolean fixBatch(double[] rows, int columns) {
    int count = rows.length / columns;
    int failed = taken;
    int found;
    try {
      found =
          BakedBatch.find(
              module.batchConstants(BakedBatch.LARGEST),
              failed,
              TOLERANCE,
              module.random(),
              (size, same) -> {
                double[] some = new double[Math.multiplyExact(size, columns)];
                for (int i = 0; i < size; i++) {
                  int from = same ? 0 : i % count;
                  System.arraycopy(rows, from * columns, some, i * columns, columns);
                }
                taken = size;
                return passes(some, columns);
              });
    } finally {
      taken = failed;
    }
    if (found == 0) {
      return false;
    }
    taken = found;
    proven = true;
    List<String> notices = new ArrayList<>(info.notices());
    notices.add(BakedBatch.notice(found));
    info = info.withNotices(notices);
    return true;
  }

  /** Forward passes of as many rows as the module takes. */
  private double[] passes(double[] rows, int columns) {
    int count = rows.length / columns;
    double[] all = new double[0];
    for (int first = 0; first < count; first += taken) {
      double[] scores = pass(rows, first, Math.min(taken, count - first), columns);
      if (first == 0) {
        int classes = scores.length / Math.min(taken, count);
        all = Arrays.copyOf(scores, count * classes);
      } else {
        System.arraycopy(scores, 0, all, first * (all.length / count), scores.length);
      }
    }
    return all;
  }

  private double[] pass(double[] rows, int first, int count, int columns) {
    long[] shape = {taken, columns};
    MemorySegment segment = memory(columns);
    for (int i = 0; i < count * columns; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, (float) rows[first * columns + i]);
    }
    segment.asSlice((long) count * columns * Float.BYTES).fill((byte) 0);
    try {
      return ScoreTensor.values(info.name(), module.forward(segment, shape, false), taken, count);
    } catch (TorchException e) {
      throw new QuicklimeException(
          "model %s failed on rows of %s numbers, an input of %s: %s"
              .formatted(info.name(), columns, Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  private MemorySegment memory(int columns) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    Buffer held = buffer;
    long bytes = Math.multiplyExact((long) taken * columns, Float.BYTES);
    if (held == null || held.segment().byteSize() != bytes) {
      if (held != null) {
        held.close();
      }
      held = device.cuda() ? new PinnedBuffer(bytes) : new NativeBuffer(bytes);
      buffer = held;
    }
    return held.segment();
  }

  /** Frees the module and its batch. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      module.close();
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
