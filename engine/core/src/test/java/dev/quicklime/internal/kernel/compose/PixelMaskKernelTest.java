package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PixelMaskKernelTest {

  private static final int WORDS = 13;
  private static final int SIZE = 64 * WORDS;

  /** Superpixels at random, the last word of elements only half used. */
  private static int[] labels(Random random, int superpixels) {
    return random.ints(SIZE - 32, 0, superpixels).toArray();
  }

  private static MemorySegment places(Arena arena, int[] labels) {
    MemorySegment places = arena.allocate(3L * SIZE);
    for (int i = 0; i < labels.length; i++) {
      places.set(JAVA_BYTE, i, (byte) (labels[i] / 8 % 64));
      places.set(JAVA_BYTE, SIZE + i, (byte) (1 << (labels[i] % 8)));
      places.set(JAVA_BYTE, 2 * SIZE + i, (byte) (labels[i] / 512));
    }
    return places;
  }

  private static long[] row(Random random, int superpixels) {
    long[] row = new long[(superpixels + 511) / 512 * PixelMaskKernel.SECTION];
    for (int j = 0; j < superpixels; j++) {
      row[j / 64] |= (random.nextLong() >>> 63) << j;
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 100, 128, 129, 256, 257, 400, 512, 513, 1000, 4096})
  void shouldSetTheBitOfEveryElementWhoseSuperpixelIsShown(int superpixels) {
    Random random = new Random(superpixels);
    int[] labels = labels(random, superpixels);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = places(arena, labels);
      for (Implementation form : Implementation.values()) {
        long[] row = row(random, superpixels);
        byte[] bits = new byte[8 * WORDS + 1];
        bits[8 * WORDS] = 77;
        KernelSet.of(form)
            .pixelMasks()
            .spread(places, SIZE, row, (superpixels + 63) / 64, 0, WORDS, bits);
        for (int i = 0; i < SIZE; i++) {
          long shown = i < labels.length ? row[labels[i] / 64] >>> labels[i] & 1 : 0;
          assertEquals(shown, bit(bits, i), form + " at " + i);
        }
        assertEquals(77, bits[8 * WORDS], "byte after the last");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldNotTakeARowWhoseUpperWordsAreEmptyForAShorterOne(Implementation form) {
    int[] labels = labels(new Random(1), 400);
    try (Arena arena = Arena.ofConfined()) {
      long[] row = new long[PixelMaskKernel.SECTION];
      row[0] = -1;
      byte[] bits = BitRow.of(SIZE);
      KernelSet.of(form).pixelMasks().spread(places(arena, labels), SIZE, row, 7, 0, WORDS, bits);
      for (int i = 0; i < labels.length; i++) {
        assertEquals(labels[i] < 64 ? 1 : 0, bit(bits, i), "at " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldStartAtAnyWord(Implementation form) {
    Random random = new Random(2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = places(arena, labels(random, 100));
      long[] row = row(random, 100);
      byte[] whole = new byte[8 * WORDS];
      byte[] part = new byte[8 * 4];
      KernelSet.of(form).pixelMasks().spread(places, SIZE, row, 2, 0, WORDS, whole);
      KernelSet.of(form).pixelMasks().spread(places, SIZE, row, 2, 5 * 64, 4, part);
      assertArrayEquals(Arrays.copyOfRange(whole, 8 * 5, 8 * 9), part);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 100, 129, 300, 513, 4096})
  void shouldRepeatTheBitOfEveryPixelForItsThreeElements(int superpixels) {
    Random random = new Random(superpixels);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = places(arena, labels(random, superpixels));
      for (Implementation form : Implementation.values()) {
        long[] row = row(random, superpixels);
        int used = (superpixels + 63) / 64;
        byte[] once = new byte[8 * 4];
        byte[] threefold = new byte[3 * 8 * 4 + 1];
        threefold[3 * 8 * 4] = 77;
        KernelSet.of(form).pixelMasks().spread(places, SIZE, row, used, 128, 4, once);
        KernelSet.of(form).pixelMasks().spreadThreefold(places, SIZE, row, used, 128, 4, threefold);
        for (int i = 0; i < 3 * 64 * 4; i++) {
          assertEquals(bit(once, i / 3), bit(threefold, i), form + " at " + i);
        }
        assertEquals(77, threefold[3 * 8 * 4], "byte after the last");
      }
    }
  }

  private static int bit(byte[] bits, int i) {
    return bits[i / 8] >>> (i % 8) & 1;
  }
}
