package dev.quicklime.serve.model;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Two scores of a row, from its first pixel; keeps how many rows each forward pass had. */
final class CountingClassifier implements PipelinedClassifier {

  /** Stands for a row that the model cannot take. */
  static final float BROKEN = -1;

  final List<Integer> forwards = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger batches = new AtomicInteger();
  final Semaphore gate;
  private final Arena arena = Arena.ofShared();
  private final int batchSize;
  private final BatchFormat format =
      BatchFormat.of(Preprocessing.imageNet().withSize(8, 8).withoutNormalization());

  /**
   * A classifier.
   *
   * @param passes how many forward passes may begin before somebody releases more
   */
  CountingClassifier(int batchSize, int passes) {
    this.batchSize = batchSize;
    this.gate = new Semaphore(passes);
  }

  /** Writes a value of each row. */
  void fill(Batch batch, float... rows) {
    for (int i = 0; i < rows.length; i++) {
      batch.pixels().set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * format.bytes(), rows[i]);
    }
  }

  @Override
  public ClassifierInfo info() {
    return new ClassifierInfo(
        "counting", "Java", null, "cpu", "fp32", 1, List.of(), List.of(), null);
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
    batches.incrementAndGet();
    MemorySegment memory = arena.allocate(format.bytes() * batchSize);
    return Batch.of(memory, batches::decrementAndGet);
  }

  @Override
  public Optional<double[]> scoreInFull(Preview picture) {
    return Optional.of(new double[] {0.1, 0.2});
  }

  @Override
  public double[] score(Batch batch, int rows) {
    forwards.add(rows);
    gate.acquireUninterruptibly();
    double[] scores = new double[2 * rows];
    for (int i = 0; i < rows; i++) {
      float value = batch.pixels().get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * format.bytes());
      if (value == BROKEN) {
        throw new IllegalStateException("a row is broken");
      }
      scores[2 * i] = value;
      scores[2 * i + 1] = 10 * value;
    }
    return scores;
  }

  @Override
  public void close() {
    arena.close();
  }
}
