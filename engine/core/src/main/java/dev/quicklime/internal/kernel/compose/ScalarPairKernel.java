package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Specifies it: with w the 16-bit words of a sample's row, element e is {@code shown[e]} where
 * {@code w[index[e]] & bit[e]} is not 0, and {@code colour[e mod 3]} elsewhere.
 */
public final class ScalarPairKernel implements PairKernel {

  private static final int CHANNELS = 3;
  private static final int WORDS = Long.SIZE / Short.SIZE;

  /** The two steps by themselves are the faster ones without vectors. */
  @Override
  public int superpixels() {
    return 0;
  }

  @Override
  public void shorts(
      MemorySegment places,
      long size,
      long[] rows,
      int from,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      MemorySegment out,
      long first,
      long second) {
    shorts(places, size, rows, from, 0, count, shown, colour, out, first, second);
  }

  /** The same for the elements from {@code begin} on. */
  static void shorts(
      MemorySegment places,
      long size,
      long[] rows,
      int from,
      int begin,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      MemorySegment out,
      long first,
      long second) {
    for (int i = begin; i < count; i++) {
      long at = 2L * (from + i);
      int index = places.get(JAVA_SHORT_UNALIGNED, at);
      int bit = places.get(JAVA_SHORT_UNALIGNED, size + at);
      short on = shown.get(JAVA_SHORT_UNALIGNED, at);
      short off = colour.get(JAVA_SHORT_UNALIGNED, 2L * (i % CHANNELS));
      out.set(JAVA_SHORT_UNALIGNED, first + 2L * i, isSet(rows, 0, index, bit) ? on : off);
      out.set(JAVA_SHORT_UNALIGNED, second + 2L * i, isSet(rows, ROW, index, bit) ? on : off);
    }
  }

  private static boolean isSet(long[] rows, int row, int index, int bit) {
    return ((int) (rows[row + index / WORDS] >>> (index % WORDS * Short.SIZE)) & bit & 0xffff) != 0;
  }
}
