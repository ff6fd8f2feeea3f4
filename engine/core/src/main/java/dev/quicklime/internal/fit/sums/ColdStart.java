package dev.quicklime.internal.fit.sums;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.Kernels;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which form of a kernel does the first work of a process. Code on vectors takes a fifth of a
 * second to compile, and until then a hundred times as long as it should; a scalar loop has done a
 * usual explanation's work by then ten times over. Only for kernels whose forms give the same bits,
 * so that a result does not depend on what was computed before it.
 */
final class ColdStart {

  /** Some twenty explanations of 1000 samples and 100 superpixels. */
  private static final long ENOUGH = 2_000_000;

  private static final AtomicLong DONE = new AtomicLong();

  private ColdStart() {}

  /**
   * The kernels to do some work with.
   *
   * @param operations how many words are combined, ≥ 0
   */
  static KernelSet exact(long operations) {
    return choose(DONE, operations, Kernels.chosen());
  }

  static KernelSet choose(AtomicLong done, long operations, KernelSet chosen) {
    boolean first = done.get() < ENOUGH && done.addAndGet(Math.min(operations, ENOUGH)) < ENOUGH;
    return first ? KernelSet.of(Implementation.SCALAR) : chosen;
  }
}
