package dev.quicklime.serve.ring;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The function of a peer. Its batches are slots of the mapping; while the peer scores one, the next
 * is composed. For one thread, and one run of samples.
 */
final class RingClassifier implements PipelinedClassifier {

  private static final ClassifierInfo INFO =
      new ClassifierInfo("callback", "peer", null, "cpu", "as given", 1);

  private final Ring ring;
  private final FrameChannel channel;
  private final BatchFormat format;
  private final int batchSize;
  private final int slots;
  private final Deque<MemorySegment> free = new ArrayDeque<>();
  private @Nullable RuntimeException over;

  /**
   * Divides a part of the mapping.
   *
   * @param slots byte of the mapping where each slot begins, each with room for a batch
   */
  RingClassifier(Ring ring, FrameChannel channel, BatchFormat format, int batchSize, long[] slots) {
    this.ring = ring;
    this.channel = channel;
    this.format = format;
    this.batchSize = batchSize;
    this.slots = slots.length;
    if (slots.length == 0) {
      throw new InvalidInputException("slots must be at least one, got none");
    }
    List<MemorySegment> parts = new ArrayList<>();
    for (long slot : slots) {
      parts.add(ring.part(slot, Math.multiplyExact(format.bytes(), (long) batchSize)));
    }
    free.addAll(parts);
  }

  @Override
  public ClassifierInfo info() {
    return INFO;
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
  public int inFlight() {
    return slots;
  }

  @Override
  public Batch newBatch() {
    MemorySegment slot = free.remove();
    return Batch.of(slot, () -> free.add(slot));
  }

  @Override
  public double[] score(Batch batch, int rows) {
    return submit(batch, rows).await();
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    try {
      channel.write(FrameChannel.head().put("score", ring.at(batch.pixels())).put("rows", rows));
    } catch (IOException e) {
      throw ends(new UncheckedIOException(e));
    }
    return this::await;
  }

  /** Answers come in the order of the questions, and none after the peer has stopped. */
  private double[] await() {
    if (over != null) {
      throw over;
    }
    try {
      RingFrame answer = channel.read();
      if (answer == null) {
        throw new EOFException("the peer ended while it was to score");
      }
      if (answer.head().has("stop")) {
        throw ends(new PeerStoppedException());
      }
      int count = answer.integer("scores", 0, Integer.MAX_VALUE / Double.BYTES);
      return answer.doubles(count);
    } catch (IOException e) {
      throw ends(new UncheckedIOException(e));
    }
  }

  private RuntimeException ends(RuntimeException reason) {
    over = reason;
    return reason;
  }

  @Override
  public void close() {
    free.clear();
  }
}
