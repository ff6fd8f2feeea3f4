package dev.quicklime.internal.kernel;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs kernels on a little data until the JVM has compiled them. Vector code that is not compiled
 * yet allocates each vector and takes a hundred times as long, which the first explanation of a
 * process would pay for.
 */
public final class WarmUp {

  private static final int ELEMENTS = 512;
  private static final int ROUNDS = 10;

  /** Ten rounds of compiled code take a fifth of this; of other code, a hundred times it. */
  private static final long COMPILED_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private WarmUp() {}

  /**
   * Warms what an explanation with default options composes with. Other formats and fills, and the
   * kernels that draw and fit, are compiled when they are first used: warming these as well took a
   * processor for a second beside a model that was being loaded, and saved a fifth of that.
   */
  public static void run() {
    PixelMaskKernel pixelMasks = Kernels.pixelMasks();
    BlendKernel blends = Kernels.blends();
    long[] row = new long[PixelMaskKernel.SECTION];
    byte[] bits = BitRow.of(ELEMENTS);
    int words = ELEMENTS / PixelMaskKernel.ELEMENTS;
    int planes = BlendKernel.MAX_PLANES;
    int plane = ELEMENTS * Float.BYTES;
    // Off-heap as a batch is: a loop that has seen both kinds of memory stays slower for good.
    try (NativeBuffer source = new NativeBuffer((long) plane * planes);
        NativeBuffer target = new NativeBuffer((long) plane * planes)) {
      MemorySegment in = source.segment();
      MemorySegment out = target.segment();
      long start = System.nanoTime();
      long before = start;
      long took = Long.MAX_VALUE;
      // By the clock, as the compiler has a queue: a number of rounds may be over before its turn.
      while (took > COMPILED_NANOS && before - start < MOST_NANOS) {
        for (int round = 0; round < ROUNDS; round++) {
          pixelMasks.spread(in, ELEMENTS, row, 1, 0, words, bits);
          blends.floatsOnColour(bits, ELEMENTS, planes, in, in, 0, out, 0, plane);
        }
        took = System.nanoTime() - before;
        if (took > COMPILED_NANOS) {
          // Leaves the processor to the compiler, or to whoever is waiting for other things.
          LockSupport.parkNanos(Math.min(took, LONGEST_PAUSE_NANOS));
        }
        before = System.nanoTime();
      }
    }
  }
}
