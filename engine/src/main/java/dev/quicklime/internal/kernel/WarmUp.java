package dev.quicklime.internal.kernel;

import dev.quicklime.internal.memory.NativeBuffer;
import java.lang.foreign.MemorySegment;

/**
 * Runs kernels on a little data until the JVM has compiled them. Vector code that is not compiled
 * yet allocates each vector and takes a hundred times as long, which the first explanation of a
 * process would pay for.
 */
public final class WarmUp {

  private static final int ROUNDS = 300;
  private static final int ELEMENTS = 1 << 10;
  private static final int WORDS = 64;

  private WarmUp() {}

  /** Warms what every explanation runs. */
  public static void run() {
    drawing();
    composing();
    new FitWarmUp(Kernels.chosen()).run();
  }

  private static void drawing() {
    MaskKernel masks = Kernels.masks();
    CountKernel count = Kernels.count();
    long[] generators = new long[MaskKernel.STATE];
    MaskKernel.seed(0, generators);
    long[] words = new long[WORDS];
    double[] numbers = new double[WORDS];
    double[] table = new double[Long.SIZE * MaskKernel.STREAMS + 1];
    for (int round = 0; round < ROUNDS; round++) {
      // The usual probability: for others, compiling takes longer than one cold drawing.
      masks.draw(generators, MaskKernel.threshold(0.5), words, 0, WORDS);
      count.lookUp(words, 1, table, numbers, WORDS);
      count.lookUp(words, 2, table, numbers, WORDS / 2);
      count.lookUp(words, MaskKernel.STREAMS, table, numbers, WORDS / MaskKernel.STREAMS);
    }
  }

  private static void composing() {
    PixelMaskKernel pixelMasks = Kernels.pixelMasks();
    BlendKernel blends = Kernels.blends();
    long[] row = new long[PixelMaskKernel.SECTION];
    byte[] bits = BitRow.of(ELEMENTS);
    int plane = ELEMENTS * Float.BYTES;
    // Off-heap as a batch is: a loop that has seen both kinds of memory stays slower for good.
    try (NativeBuffer source = new NativeBuffer((long) plane * BlendKernel.MAX_PLANES);
        NativeBuffer target = new NativeBuffer((long) plane * BlendKernel.MAX_PLANES)) {
      MemorySegment in = source.segment();
      MemorySegment out = target.segment();
      for (int round = 0; round < ROUNDS; round++) {
        pixelMasks.spread(in, ELEMENTS, row, 1, 0, ELEMENTS / PixelMaskKernel.ELEMENTS, bits);
        pixelMasks.spreadThreefold(in, ELEMENTS, row, 1, 0, 1, bits);
        for (int planes = 1; planes <= BlendKernel.MAX_PLANES; planes += 2) {
          blends.floats(bits, ELEMENTS, planes, in, in, 0, out, 0, plane);
          blends.floatsOnColour(bits, ELEMENTS, planes, in, in, 0, out, 0, plane);
          blends.shorts(bits, ELEMENTS, planes, in, in, 0, out, 0, plane);
          blends.shortsOnColour(bits, ELEMENTS, planes, in, in, 0, out, 0, plane);
        }
        blends.floatsOnThreeChannels(bits, ELEMENTS, in, in, 0, out, 0);
        blends.shortsOnThreeChannels(bits, ELEMENTS, in, in, 0, out, 0);
      }
    }
  }
}
