package dev.quicklime.onnx;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Device;
import dev.quicklime.model.RowModel;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxRuntime;
import dev.quicklime.onnx.internal.OnnxSession;
import dev.quicklime.onnx.internal.file.OnnxFile;
import dev.quicklime.onnx.internal.file.OnnxPort;
import dev.quicklime.onnx.internal.file.OnnxType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX file that takes one tensor [batch, inputs] in single or double precision and returns raw
 * scores [batch, classes] as its only floating-point output; a tensor [batch] counts as one class,
 * a regression. Every pass has the same shape: the last batch is filled up with zeros. Passes take
 * turns, so that several threads may use it at once.
 */
public final class OnnxRows implements RowModel {

  private static final int LARGEST_BATCH = 1 << 20;

  private final ClassifierInfo info;
  private final OnnxSession session;
  private final OnnxPort port;
  private final int batch;
  private final OnnxScores scores;
  private @Nullable NativeBuffer buffer;
  private int bufferColumns;
  private boolean closed;

  private OnnxRows(
      ClassifierInfo info, OnnxSession session, OnnxPort port, int batch, @Nullable String output) {
    this.info = info;
    this.session = session;
    this.port = port;
    this.batch = batch;
    this.scores = new OnnxScores(info.name(), output);
  }

  /**
   * Loads a model file.
   *
   * @param device where it runs, which must be the processor
   * @param batch rows of a pass, 1 to 1048576; where the file fixes it, it is that
   * @param threads threads of a pass, 1 to 1024, or 0 for {@link Environment#threads}
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no ONNX file or takes no rows of numbers
   */
  public static OnnxRows open(Path file, Device device, int batch, int threads) {
    return open(file, device, batch, threads, null);
  }

  /**
   * Loads a model file that may have several outputs.
   *
   * @param device where it runs, which must be the processor
   * @param batch rows of a pass, 1 to 1048576; where the file fixes it, it is that
   * @param threads threads of a pass, 1 to 1024, or 0 for {@link Environment#threads}
   * @param output name or index of the output that holds the scores; or null for the only one that
   *     can, or the one called {@code logits}
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no ONNX file or takes no rows of numbers
   */
  public static OnnxRows open(
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
    OnnxOptions.checkDevice(file, device);
    OnnxFile content = OnnxFile.read(file);
    OnnxPort port = PictureInput.only(file, content);
    boolean number = port.type() == OnnxType.FLOAT || port.type() == OnnxType.DOUBLE;
    if (!number || port.rank() != 2 || port.size(0) == 0 || port.size(1) == 0) {
      throw new QuicklimeException(
          "model %s must take rows of numbers, float32 or float64 of [batch, inputs], got %s"
              .formatted(file, port.shown()));
    }
    if (port.size(0) > LARGEST_BATCH) {
      throw new QuicklimeException(
          "model %s must take at most %s rows at once, got %s"
              .formatted(file, LARGEST_BATCH, port.shown()));
    }
    int used = threads > 0 ? threads : Environment.threads();
    OnnxSession session = OnnxClassifier.load(file, content, used);
    return new OnnxRows(
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "ONNX Runtime " + OnnxRuntime.version(),
            content.weights() > 0 ? content.weights() : null,
            "cpu",
            port.type() == OnnxType.FLOAT ? "fp32" : "fp64",
            used),
        session,
        port,
        port.size(0) > 0 ? (int) port.size(0) : batch,
        output);
  }

  @Override
  public ClassifierInfo info() {
    return info;
  }

  @Override
  public int batchSize() {
    return batch;
  }

  @Override
  public boolean singlePrecision() {
    return port.type() == OnnxType.FLOAT;
  }

  @Override
  public synchronized double[] score(double[] rows, int columns) {
    int count = rows.length / columns;
    if (count < 1 || count > batch || rows.length % columns != 0) {
      throw new InvalidInputException(
          "rows must be 1 to %s of %s numbers, got %s numbers"
              .formatted(batch, columns, rows.length));
    }
    if (port.size(1) > 0 && port.size(1) != columns) {
      throw new InvalidInputException(
          "rows for model %s must have %s numbers, got %s"
              .formatted(info.name(), port.size(1), columns));
    }
    long[] shape = {batch, columns};
    MemorySegment segment = memory(columns);
    segment.fill((byte) 0);
    for (int i = 0; i < rows.length; i++) {
      if (singlePrecision()) {
        segment.setAtIndex(JAVA_FLOAT, i, (float) rows[i]);
      } else {
        segment.setAtIndex(JAVA_DOUBLE, i, rows[i]);
      }
    }
    OnnxElement type = singlePrecision() ? OnnxElement.FLOAT32 : OnnxElement.FLOAT64;
    try {
      return scores.of(session, port.name(), type, segment, shape, count);
    } catch (OnnxException e) {
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
    NativeBuffer held = buffer;
    if (held == null || columns != bufferColumns) {
      long bytes = Math.multiplyExact((long) batch * columns, port.type().bytes());
      if (bytes > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            "a batch must have at most %s bytes, got %s rows of %s numbers: take fewer"
                .formatted(Integer.MAX_VALUE, batch, columns));
      }
      if (held != null) {
        held.close();
      }
      held = new NativeBuffer(bytes);
      buffer = held;
      bufferColumns = columns;
    }
    return held.segment();
  }

  /** Frees the model and its batch. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      session.close();
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
