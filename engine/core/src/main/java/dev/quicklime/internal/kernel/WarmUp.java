package dev.quicklime.internal.kernel;

import dev.quicklime.internal.kernel.compose.BitRow;
import dev.quicklime.internal.kernel.compose.BlendKernel;
import dev.quicklime.internal.kernel.compose.PairKernel;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
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

  private static final int CHANNELS = 3;
  private static final int PIXELS = 256;
  private static final int ROUNDS = 10;

  /** Ten rounds of compiled code take a fifth of this; of other code, a hundred times it. */
  private static final long COMPILED_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private WarmUp() {}

  /**
   * Warms what an explanation with default options composes with: interleaved channels on one
   * colour, in single precision and, as pairs of samples, in bfloat16. Other formats and fills, and
   * the kernels that draw and fit, are compiled when they are first used: warming these as well
   * took a processor for a second beside a model that was being loaded, and saved a fifth of that.
   */
  public static void run() {
    KernelSet kernels = Kernels.chosen();
    PixelMaskKernel pixelMasks = kernels.pixelMasks();
    BlendKernel blends = kernels.blends();
    PairKernel pairs = kernels.pairs();
    boolean paired = pairs.superpixels() > 0;
    long[] row = new long[PixelMaskKernel.SECTION];
    long[] rows = new long[2 * PairKernel.ROW];
    int elements = CHANNELS * PIXELS;
    byte[] bits = BitRow.of(elements);
    int words = PIXELS / PixelMaskKernel.ELEMENTS;
    long size = (long) elements * Float.BYTES;
    // Off-heap as a batch is: a loop that has seen both kinds of memory stays slower for good.
    try (NativeBuffer source = new NativeBuffer(size);
        NativeBuffer target = new NativeBuffer(size)) {
      MemorySegment in = source.segment();
      MemorySegment out = target.segment();
      long start = System.nanoTime();
      long before = start;
      long took = Long.MAX_VALUE;
      // By the clock, as the compiler has a queue: a number of rounds may be over before its turn.
      while (took > COMPILED_NANOS && before - start < MOST_NANOS) {
        for (int round = 0; round < ROUNDS; round++) {
          pixelMasks.spreadThreefold(in, PIXELS, row, 1, 0, words, bits);
          blends.floatsOnThreeChannels(bits, elements, in, in, 0, out, 0);
          if (paired) {
            pairs.shorts(in, size / 2, rows, 0, elements, in, in, out, 0, size / 2);
          }
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
