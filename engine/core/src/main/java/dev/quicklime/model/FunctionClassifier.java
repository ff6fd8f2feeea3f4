package dev.quicklime.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;

/** Hands the pictures of a batch to a plain function, one by one. */
final class FunctionClassifier implements PipelinedClassifier {

  private final ClassifierInfo info;
  private final BatchFormat format;
  private final int batchSize;
  private final PixelScorer scorer;
  private final BufferPool pool;

  FunctionClassifier(String name, BatchFormat format, int batchSize, PixelScorer scorer) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    this.info = new ClassifierInfo(name, "jvm", null, "cpu", "fp32", 1);
    this.format = format;
    this.batchSize = batchSize;
    this.scorer = scorer;
    this.pool = new BufferPool(() -> new NativeBuffer(bytes));
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
    MemorySegment pixels = batch.pixels();
    float[] picture = new float[format.elements()];
    double[] scores = new double[0];
    for (int row = 0; row < rows; row++) {
      MemorySegment.copy(pixels, JAVA_FLOAT, row * format.bytes(), picture, 0, picture.length);
      double[] one = scorer.score(picture);
      if (row == 0) {
        scores = new double[Math.multiplyExact(rows, one.length)];
      }
      if ((long) one.length * rows != scores.length) {
        throw new QuicklimeException(
            "%s must return as many scores for every picture, %d, got %d"
                .formatted(info.name(), scores.length / rows, one.length));
      }
      System.arraycopy(one, 0, scores, row * one.length, one.length);
    }
    return scores;
  }

  @Override
  public void close() {
    pool.close();
  }
}
