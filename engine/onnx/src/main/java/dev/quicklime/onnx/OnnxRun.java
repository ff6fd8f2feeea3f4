package dev.quicklime.onnx;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.scoring.PaddedBatch;
import dev.quicklime.model.Batch;
import dev.quicklime.onnx.internal.Lifeline;
import dev.quicklime.onnx.internal.OnnxBatch;
import dev.quicklime.onnx.internal.OnnxElement;
import dev.quicklime.onnx.internal.OnnxException;
import dev.quicklime.onnx.internal.OnnxSession;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A session with a format and a batch that are settled. Every pass has the same shape; the rows
 * past the last picture are zeros, so that a run can be repeated exactly.
 */
final class OnnxRun {

  private final String name;
  private final OnnxSession session;
  private final PictureInput input;
  private final BatchFormat format;
  private final int batchSize;
  private final BufferPool pool;
  private final OnnxScores scores;

  /**
   * Prepares passes.
   *
   * @param name what errors call the model
   * @param session remains the caller's
   * @param output name or index of the output that holds the scores, or null
   * @throws InvalidInputException if a batch has more bytes than a buffer may
   */
  OnnxRun(
      String name,
      OnnxSession session,
      PictureInput input,
      BatchFormat format,
      int batchSize,
      @Nullable String output) {
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    if (bytes > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "a batch must have at most %s bytes, got %s pictures of %s: take fewer or smaller ones"
              .formatted(Integer.MAX_VALUE, batchSize, format.bytes()));
    }
    this.name = name;
    this.session = session;
    this.input = input;
    this.format = format;
    this.batchSize = batchSize;
    this.scores = new OnnxScores(name, output);
    this.pool = new BufferPool(() -> new NativeBuffer(bytes));
  }

  BatchFormat format() {
    return format;
  }

  int batchSize() {
    return batchSize;
  }

  /** Name of the output that the scores are taken from, or null before the first pass. */
  @Nullable String output() {
    return scores.taken();
  }

  Batch newBatch() {
    return OnnxBatch.from(pool);
  }

  /** See {@link dev.quicklime.model.Classifier#score}. */
  double[] score(Batch batch, int rows) {
    if (!(batch instanceof OnnxBatch own)) {
      throw new InvalidInputException("the batch was not taken from this classifier");
    }
    long[] shape = input.shape(format.preprocessing(), batchSize);
    try (Lifeline.Use _ = own.use()) {
      PaddedBatch.pad(own, rows, batchSize, format);
      return scores.of(
          session,
          input.name(),
          OnnxElement.valueOf(format.type().name()),
          own.pixels().asSlice(0, format.bytes() * batchSize),
          shape,
          rows);
    } catch (OnnxException e) {
      throw new QuicklimeException(
          "model %s failed on a batch of %s: %s"
              .formatted(name, Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  /** Frees the batches that were given back. */
  void close() {
    pool.close();
  }
}
