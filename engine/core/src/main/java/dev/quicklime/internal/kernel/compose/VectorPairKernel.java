package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.CpuFlags;
import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Takes each row for a table of 16-bit words, one vector long, and looks up a vector of elements by
 * one permutation.
 */
public final class VectorPairKernel implements PairKernel {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Short> SHORTS = VectorWidth.SHORTS;
  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;
  private static final int LENGTH = SHORTS.length();
  private static final int BYTES = LENGTH * Short.BYTES;

  /** Without the instruction that permutes words it would take several. */
  private static final int SUPERPIXELS = CpuFlags.has("avx512bw") ? LENGTH * Short.SIZE : 0;

  @Override
  public int superpixels() {
    return SUPERPIXELS;
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
    assert from % MULTIPLE == 0 && rows.length >= 2 * ROW;
    int whole = count - count % (3 * LENGTH);
    vectors(places, size, rows, from, whole, shown, colour, out, first, second);
    ScalarPairKernel.shorts(
        places, size, rows, from, whole, count, shown, colour, out, first, second);
  }

  private static void vectors(
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
    long at = 2L * from;
    ShortVector row0 = LongVector.fromArray(LONGS, rows, 0).reinterpretAsShorts();
    ShortVector row1 = LongVector.fromArray(LONGS, rows, ROW).reinterpretAsShorts();
    ShortVector colour0 = ShortVector.fromMemorySegment(SHORTS, colour, 0, ORDER);
    ShortVector colour1 = ShortVector.fromMemorySegment(SHORTS, colour, BYTES, ORDER);
    ShortVector colour2 = ShortVector.fromMemorySegment(SHORTS, colour, 2L * BYTES, ORDER);
    // Spelt out three times: the compiler does not put a method of this size into the loop, and
    // would then hand it every vector as an object.
    ShortVector index;
    ShortVector bit;
    ShortVector value;
    for (int i = 0; i < count; i += 3 * LENGTH) {
      long s = at + 2L * i;
      long t = first + 2L * i;
      long u = second + 2L * i;
      index = ShortVector.fromMemorySegment(SHORTS, places, s, ORDER);
      bit = ShortVector.fromMemorySegment(SHORTS, places, size + s, ORDER);
      value = ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER);
      colour0
          .blend(value, index.selectFrom(row0).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, t, ORDER);
      colour0
          .blend(value, index.selectFrom(row1).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, u, ORDER);
      index = ShortVector.fromMemorySegment(SHORTS, places, s + BYTES, ORDER);
      bit = ShortVector.fromMemorySegment(SHORTS, places, size + s + BYTES, ORDER);
      value = ShortVector.fromMemorySegment(SHORTS, shown, s + BYTES, ORDER);
      colour1
          .blend(value, index.selectFrom(row0).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, t + BYTES, ORDER);
      colour1
          .blend(value, index.selectFrom(row1).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, u + BYTES, ORDER);
      index = ShortVector.fromMemorySegment(SHORTS, places, s + 2L * BYTES, ORDER);
      bit = ShortVector.fromMemorySegment(SHORTS, places, size + s + 2L * BYTES, ORDER);
      value = ShortVector.fromMemorySegment(SHORTS, shown, s + 2L * BYTES, ORDER);
      colour2
          .blend(value, index.selectFrom(row0).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, t + 2L * BYTES, ORDER);
      colour2
          .blend(value, index.selectFrom(row1).and(bit).compare(VectorOperators.NE, (short) 0))
          .intoMemorySegment(out, u + 2L * BYTES, ORDER);
    }
  }
}
