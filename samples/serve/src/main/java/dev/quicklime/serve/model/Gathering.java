package dev.quicklime.serve.model;

import dev.quicklime.model.Batch;
import dev.quicklime.model.PendingScores;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Rows of several batches in the memory of the first. Grows under its owner's lock, until its owner
 * scores it; its scores are for all threads.
 */
final class Gathering {

  private final Batch batch;
  private final int first;
  private final long rowBytes;
  private final CompletableFuture<double[]> scores = new CompletableFuture<>();
  private int rows;
  private int members = 1;

  /**
   * Begins with rows that are in their place already.
   *
   * @param batch in whose memory rows are gathered
   * @param rows how many there are
   * @param rowBytes what one takes
   */
  Gathering(Batch batch, int rows, long rowBytes) {
    this.batch = batch;
    this.first = rows;
    this.rows = rows;
    this.rowBytes = rowBytes;
  }

  Batch batch() {
    return batch;
  }

  int rows() {
    return rows;
  }

  /** How many have rows in it. */
  int members() {
    return members;
  }

  /** Copies rows behind those that are there. */
  PendingScores add(MemorySegment pixels, int count) {
    int place = rows;
    MemorySegment.copy(pixels, 0, batch.pixels(), place * rowBytes, count * rowBytes);
    rows += count;
    members++;
    return () -> part(place, count);
  }

  /**
   * Hands everybody his scores.
   *
   * @return those of whoever began
   */
  PendingScores complete(double[] all) {
    scores.complete(all);
    return () -> part(0, first);
  }

  void fail(Throwable why) {
    scores.completeExceptionally(why);
  }

  private double[] part(int place, int count) {
    try {
      double[] all = scores.join();
      int classes = all.length / rows;
      return Arrays.copyOfRange(all, place * classes, (place + count) * classes);
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException own -> throw own;
        case Error own -> throw own;
        case null, default -> throw e;
      }
    }
  }

  /** The scores of rows that were divided. */
  static PendingScores both(PendingScores head, PendingScores tail) {
    return () -> {
      double[] before = head.await();
      double[] after = tail.await();
      double[] all = Arrays.copyOf(before, before.length + after.length);
      System.arraycopy(after, 0, all, before.length, after.length);
      return all;
    };
  }
}
