package dev.quicklime.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** Hands the pictures of a batch to a plain function, one by one or all together. */
final class FunctionClassifier implements PipelinedClassifier {

  private final ClassifierInfo info;
  private final BatchFormat format;
  private final int batchSize;
  private final Function function;
  private final BufferPool pool;

  /** What both kinds of functions are to a classifier. */
  private interface Function {
    /** Scores the pictures of which the memory has {@code rows}; nobody has checked what comes. */
    double @Nullable [] @Nullable [] score(MemorySegment pixels, int rows);
  }

  private FunctionClassifier(String name, BatchFormat format, int batchSize, Function function) {
    if (batchSize < 1) {
      throw new InvalidInputException("batch size must be at least 1, got " + batchSize);
    }
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    this.info = new ClassifierInfo(name, "jvm", null, "cpu", "fp32", 1);
    this.format = format;
    this.batchSize = batchSize;
    this.function = function;
    this.pool = new BufferPool(() -> new NativeBuffer(bytes));
  }

  /** A classifier whose function takes one picture. */
  static FunctionClassifier ofPictures(
      String name, BatchFormat format, int batchSize, PixelScorer scorer) {
    int elements = format.elements();
    return new FunctionClassifier(
        name,
        format,
        batchSize,
        (pixels, rows) -> {
          double[][] scores = new double[rows][];
          float[] picture = new float[elements];
          for (int row = 0; row < rows; row++) {
            MemorySegment.copy(pixels, JAVA_FLOAT, row * format.bytes(), picture, 0, elements);
            scores[row] = scorer.score(picture);
          }
          return scores;
        });
  }

  /** A classifier whose function takes all pictures of a batch. */
  static FunctionClassifier ofBatches(
      String name, BatchFormat format, int batchSize, BatchScorer scorer) {
    long most = Integer.MAX_VALUE / format.bytes();
    if (batchSize > most) {
      throw new InvalidInputException(
          "batch size must be at most %s, for a picture takes %s bytes and a buffer holds less than"
                  .formatted(most, format.bytes())
              + " 2 GiB, got "
              + batchSize);
    }
    return new FunctionClassifier(
        name,
        format,
        batchSize,
        (pixels, rows) -> {
          FloatBuffer values = pixels.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
          return widened(scorer.score(values.asReadOnlyBuffer(), rows));
        });
  }

  private static double @Nullable [] @Nullable [] widened(float @Nullable [] @Nullable [] table) {
    if (table == null) {
      return null;
    }
    double[][] wide = new double[table.length][];
    for (int row = 0; row < table.length; row++) {
      float[] from = table[row];
      if (from != null) {
        wide[row] = new double[from.length];
        for (int i = 0; i < from.length; i++) {
          wide[row][i] = from[i];
        }
      }
    }
    return wide;
  }

  @Override
  public ClassifierInfo info() {
    return info;
  }

  @Override
  public BatchFormat format() {
    return format;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public Batch newBatch() {
    Buffer taken = pool.take();
    return Batch.of(taken.segment(), () -> pool.release(taken));
  }

  @Override
  public double[] score(Batch batch, int rows) {
    MemorySegment pixels = batch.pixels().asSlice(0, rows * format.bytes());
    double[][] table = function.score(pixels, rows);
    if (table == null || table.length != rows) {
      throw new QuicklimeException(
          "%s must return scores for each of %s pictures, got %s"
              .formatted(info.name(), rows, table == null ? "null" : table.length + " rows"));
    }
    int classes = table[0] == null ? 0 : table[0].length;
    double[] scores = new double[Math.multiplyExact(rows, classes)];
    for (int row = 0; row < rows; row++) {
      double[] one = table[row];
      if (one == null || one.length == 0) {
        throw new QuicklimeException(
            "%s must return at least one score for every picture, got %s for picture %s of %s"
                .formatted(info.name(), one == null ? "null" : "none", row + 1, rows));
      }
      if (one.length != classes) {
        throw new QuicklimeException(
            "%s must return as many scores for every picture, %s, got %s"
                .formatted(info.name(), classes, one.length));
      }
      System.arraycopy(one, 0, scores, row * classes, classes);
    }
    return scores;
  }

  @Override
  public void close() {
    pool.close();
  }
}
