package dev.quicklime.cli.run;

import java.util.function.LongSupplier;

/**
 * Keeps the heap of a long run small. Figures are arrays too large for the young generation, and
 * the serial collector takes more memory for the old one rather than collect it, as long as the
 * machine has any: pictures of which each needs tens of megabytes would come to gigabytes. For one
 * thread.
 */
public final class HeapLimit {

  /** Collected below it is not worth the time. */
  static final long LEAST = 48L << 20;

  private final LongSupplier used;
  private final Runnable collector;
  private long limit = LEAST;

  /** The limit of this JVM's heap. */
  public HeapLimit() {
    this(() -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(), System::gc);
  }

  /**
   * A limit of some heap.
   *
   * @param used how many bytes are in use, or were before nobody needed them
   * @param collector takes those away that nobody needs
   */
  HeapLimit(LongSupplier used, Runnable collector) {
    this.used = used;
    this.collector = collector;
  }

  /** Collects what nobody needs where it is much: once what is needed has doubled. */
  public void keep() {
    if (used.getAsLong() > limit) {
      collector.run();
      limit = Math.max(LEAST, 2 * used.getAsLong());
    }
  }
}
