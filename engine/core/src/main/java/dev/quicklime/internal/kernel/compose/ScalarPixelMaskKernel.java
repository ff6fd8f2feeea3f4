package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * The specification: with b, m and s the bytes of element e in the three sections, its bit is
 * {@code (byte 64·s + b of the row & m) ≠ 0}.
 */
public final class ScalarPixelMaskKernel implements PixelMaskKernel {

  @Override
  public void spread(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits) {
    for (int w = 0; w < words; w++) {
      long word = 0;
      for (int i = 0; i < ELEMENTS; i++) {
        if (isShown(places, size, row, from + (long) w * ELEMENTS + i)) {
          word |= 1L << i;
        }
      }
      BitRow.WORDS.set(bits, w * Long.BYTES, word);
    }
  }

  @Override
  public void spreadThreefold(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits) {
    for (int w = 0; w < 3 * words; w++) {
      long word = 0;
      for (int i = 0; i < ELEMENTS; i++) {
        if (isShown(places, size, row, from + ((long) w * ELEMENTS + i) / 3)) {
          word |= 1L << i;
        }
      }
      BitRow.WORDS.set(bits, w * Long.BYTES, word);
    }
  }

  private static boolean isShown(MemorySegment places, long size, long[] row, long element) {
    int section = Byte.toUnsignedInt(places.get(JAVA_BYTE, 2 * size + element));
    int at = section * SECTION * Long.BYTES + places.get(JAVA_BYTE, element);
    int value = (int) (row[at / Long.BYTES] >>> (at % Long.BYTES * Byte.SIZE));
    return (value & places.get(JAVA_BYTE, size + element) & 0xff) != 0;
  }
}
