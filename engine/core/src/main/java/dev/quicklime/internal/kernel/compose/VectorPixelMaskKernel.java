package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Takes the row for a table of bytes and looks up as many elements at once as a vector has bytes.
 * It costs a fraction of gathering words by label, and the same for 25 superpixels as for 400, as
 * long as the row fits one vector; beyond that every further vector of the row is one more look-up.
 */
public final class VectorPixelMaskKernel implements PixelMaskKernel {

  // The row's words become bytes in memory order.
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Byte> BYTES = VectorWidth.TABLE_BYTES;
  private static final VectorSpecies<Long> LONGS = VectorWidth.TABLE_LONGS;

  private static final int LENGTH = BYTES.length();
  private static final int TABLES = ELEMENTS / LENGTH;

  /** For the first, second and third of three vectors of elements, the pixel of each. */
  private static final VectorShuffle<Byte> FIRST_THIRD = pixels(0);

  private static final VectorShuffle<Byte> SECOND_THIRD = pixels(1);
  private static final VectorShuffle<Byte> LAST_THIRD = pixels(2);

  private static VectorShuffle<Byte> pixels(int third) {
    int[] pixels = new int[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      pixels[i] = (third * LENGTH + i) / 3;
    }
    return VectorShuffle.fromArray(BYTES, pixels, 0);
  }

  @Override
  public void spread(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits) {
    check(places, size, row, used, from, words);
    assert bits.length >= words * Long.BYTES;
    if (used <= LENGTH / Long.BYTES) {
      spreadSmall(places, size, row, from, words, bits);
    } else {
      int sections = sections(used);
      for (int w = 0; w < words; w++) {
        long word = 0;
        for (int j = 0; j < ELEMENTS; j += LENGTH) {
          long at = from + (long) w * ELEMENTS + j;
          word |= isSet(lookUp(places, size, row, sections, at)) << j;
        }
        BitRow.WORDS.set(bits, w * Long.BYTES, word);
      }
    }
  }

  private static void spreadSmall(
      MemorySegment places, long size, long[] row, long from, int words, byte[] bits) {
    // Spelt out in both loops: with the look-up in a method of its own they took twice as long.
    ByteVector table = LongVector.fromArray(LONGS, row, 0).reinterpretAsBytes();
    for (int w = 0; w < words; w++) {
      long at = from + (long) w * ELEMENTS;
      long word = 0;
      for (int j = 0; j < ELEMENTS; j += LENGTH) {
        ByteVector index = ByteVector.fromMemorySegment(BYTES, places, at + j, ORDER);
        ByteVector bit = ByteVector.fromMemorySegment(BYTES, places, size + at + j, ORDER);
        word |= isSet(index.selectFrom(table).and(bit)) << j;
      }
      BitRow.WORDS.set(bits, w * Long.BYTES, word);
    }
  }

  @Override
  public void spreadThreefold(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits) {
    check(places, size, row, used, from, words);
    assert bits.length >= 3 * words * Long.BYTES;
    if (used <= LENGTH / Long.BYTES) {
      spreadSmallThreefold(places, size, row, from, words, bits);
    } else {
      int sections = sections(used);
      for (int i = 0; i < words * ELEMENTS; i += LENGTH) {
        repeat(lookUp(places, size, row, sections, from + i), bits, i * 3 / Byte.SIZE);
      }
    }
  }

  private static void spreadSmallThreefold(
      MemorySegment places, long size, long[] row, long from, int words, byte[] bits) {
    ByteVector table = LongVector.fromArray(LONGS, row, 0).reinterpretAsBytes();
    for (int v = 0; v < words * TABLES; v++) {
      long at = from + (long) v * LENGTH;
      ByteVector index = ByteVector.fromMemorySegment(BYTES, places, at, ORDER);
      ByteVector bit = ByteVector.fromMemorySegment(BYTES, places, size + at, ORDER);
      repeat(index.selectFrom(table).and(bit), bits, 3 * LENGTH / Byte.SIZE * v);
    }
  }

  private static void repeat(ByteVector pixels, byte[] bits, int at) {
    put(isSet(pixels.rearrange(FIRST_THIRD)), bits, at);
    put(isSet(pixels.rearrange(SECOND_THIRD)), bits, at + LENGTH / Byte.SIZE);
    put(isSet(pixels.rearrange(LAST_THIRD)), bits, at + 2 * LENGTH / Byte.SIZE);
  }

  /** Writes the bits of one vector. */
  private static void put(long word, byte[] bits, int at) {
    switch (LENGTH) {
      case Long.SIZE -> BitRow.WORDS.set(bits, at, word);
      case Integer.SIZE -> BitRow.HALVES.set(bits, at, (int) word);
      default -> BitRow.QUARTERS.set(bits, at, (short) word);
    }
  }

  private static void check(
      MemorySegment places, long size, long[] row, int used, long from, int words) {
    assert row.length >= sections(used) * SECTION;
    assert from >= 0 && from + (long) words * ELEMENTS <= size && places.byteSize() >= 3 * size;
  }

  private static int sections(int used) {
    return (used + SECTION - 1) / SECTION;
  }

  /** For each element a byte that is not 0 where it is shown; the row is several vectors. */
  private static ByteVector lookUp(
      MemorySegment places, long size, long[] row, int sections, long at) {
    ByteVector index = ByteVector.fromMemorySegment(BYTES, places, at, ORDER);
    ByteVector section = ByteVector.fromMemorySegment(BYTES, places, 2 * size + at, ORDER);
    ByteVector part = index.and((byte) -LENGTH);
    ByteVector value = ByteVector.zero(BYTES);
    for (int s = 0; s < sections; s++) {
      for (int t = 0; t < TABLES; t++) {
        ByteVector table =
            LongVector.fromArray(LONGS, row, s * SECTION + t * LENGTH / Long.BYTES)
                .reinterpretAsBytes();
        VectorMask<Byte> here =
            section
                .compare(VectorOperators.EQ, (byte) s)
                .and(part.compare(VectorOperators.EQ, (byte) (t * LENGTH)));
        value = value.blend(index.selectFrom(table), here);
      }
    }
    return value.and(ByteVector.fromMemorySegment(BYTES, places, size + at, ORDER));
  }

  private static long isSet(ByteVector value) {
    return value.compare(VectorOperators.NE, (byte) 0).toLong();
  }
}
