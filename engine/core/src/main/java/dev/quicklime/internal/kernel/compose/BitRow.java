package dev.quicklime.internal.kernel.compose;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One bit for each element of a picture, in bytes: any run of bits that starts at a whole byte is
 * then one load, where words would have to be shifted.
 */
public final class BitRow {

  /** A word of 64 bits from any byte on; the lowest bit is that of the first element. */
  static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 32 bits from any byte on. */
  static final VarHandle HALVES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** 16 bits from any byte on. */
  static final VarHandle QUARTERS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private BitRow() {}

  /** Room for the bits of some elements, rounded up to whole words. */
  public static byte[] of(int elements) {
    return new byte[(elements + Long.SIZE - 1) / Long.SIZE * Long.BYTES];
  }

  /**
   * A run of bits, and perhaps more above it. It reads no more than the run: a wider load could
   * span two stores that are still under way, and would wait for them.
   *
   * @param element first bit, a multiple of the length
   * @param length 4, 8, 16, 32 or 64
   */
  static long run(byte[] bits, int element, int length) {
    int at = element >> 3;
    return switch (length) {
      case Long.SIZE -> (long) WORDS.get(bits, at);
      case Integer.SIZE -> (int) HALVES.get(bits, at);
      case Short.SIZE -> (short) QUARTERS.get(bits, at);
      default -> bits[at] >> (element & 7);
    };
  }
}
