package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairKernelTest {

  private static final short CANARY = 0x5a5a;
  private static final int GAP = 7;

  /** Superpixels that the narrowest vectors can tell apart. */
  private static final int SUPERPIXELS = 128;

  private final Random random = new Random(3);

  private MemorySegment shorts(Arena arena, int count) {
    MemorySegment values = arena.allocate(2L * count, 64);
    for (int i = 0; i < count; i++) {
      values.setAtIndex(JAVA_SHORT, i, (short) random.nextInt());
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 31, 33, 95, 96, 97, 191, 192, 193, 500, 960, 1001})
  void shouldComposeTwoSamplesWithBothKernels(int elements) {
    int whole = (elements + PairKernel.MULTIPLE - 1) / PairKernel.MULTIPLE * PairKernel.MULTIPLE;
    long size = 2L * whole;
    int[] labels = random.ints(elements, 0, SUPERPIXELS).toArray();
    long[] rows = new long[2 * PairKernel.ROW];
    for (int w = 0; w < SUPERPIXELS / Long.SIZE; w++) {
      rows[w] = random.nextLong();
      rows[PairKernel.ROW + w] = random.nextLong();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = arena.allocate(2 * size, 64);
      for (int i = 0; i < elements; i++) {
        places.setAtIndex(JAVA_SHORT, i, (short) (labels[i] / 16));
        places.setAtIndex(JAVA_SHORT, whole + i, (short) (1 << labels[i] % 16));
      }
      MemorySegment shown = shorts(arena, whole);
      MemorySegment colour = arena.allocate(2L * PairKernel.MULTIPLE, 64);
      short[] channels = {(short) random.nextInt(), (short) random.nextInt(), 0x7fc0};
      for (int i = 0; i < PairKernel.MULTIPLE; i++) {
        colour.setAtIndex(JAVA_SHORT, i, channels[i % 3]);
      }
      for (int from = 0; from < elements; from += PairKernel.MULTIPLE) {
        int count = elements - from;
        for (Implementation form : Implementation.values()) {
          // The second sample comes before the first, with a gap after each.
          MemorySegment out = arena.allocate(4L * (count + GAP));
          for (int i = 0; i < 2 * (count + GAP); i++) {
            out.setAtIndex(JAVA_SHORT, i, CANARY);
          }
          long first = 2L * (count + GAP);
          KernelSet.of(form)
              .pairs()
              .shorts(places, size, rows, from, count, shown, colour, out, first, 0);
          for (int i = 0; i < count + GAP; i++) {
            for (int row = 0; row < 2; row++) {
              short expected = CANARY;
              if (i < count) {
                int label = labels[from + i];
                long word = rows[row * PairKernel.ROW + label / Long.SIZE];
                expected =
                    (word >>> label & 1) == 1
                        ? shown.getAtIndex(JAVA_SHORT, from + i)
                        : channels[i % 3];
              }
              int at = i + (row == 0 ? count + GAP : 0);
              assertEquals(expected, out.getAtIndex(JAVA_SHORT, at), form + " at " + i);
            }
          }
        }
      }
    }
  }
}
