package dev.quicklime.internal.fit.subset;

import java.util.concurrent.CancellationException;

/** How long a search may go on. */
final class SubsetLimit {

  private final long start = System.nanoTime();
  private final long nanos;
  private final long mostNodes;
  private long nodes;

  SubsetLimit(long nanos, long mostNodes) {
    this.nanos = nanos;
    this.mostNodes = mostNodes;
  }

  void countNode() {
    nodes++;
  }

  long nodes() {
    return nodes;
  }

  /**
   * Whether the search is to stop.
   *
   * @throws CancellationException if the thread is interrupted, which it stays
   */
  boolean reached() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted in the search for the best subset");
    }
    return nodes >= mostNodes || System.nanoTime() - start >= nanos;
  }
}
