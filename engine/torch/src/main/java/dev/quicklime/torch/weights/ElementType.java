package dev.quicklime.torch.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Number format of stored elements, always in little-endian order. */
public enum ElementType {
  /** IEEE 754 double precision. */
  F64(8, true),
  /** IEEE 754 single precision. */
  F32(4, true),
  /** IEEE 754 half precision. */
  F16(2, true),
  /** The upper half of a single. */
  BF16(2, true),
  /** Signed integer of 64 bits. */
  I64(8, false),
  /** Signed integer of 32 bits. */
  I32(4, false),
  /** Signed integer of 16 bits. */
  I16(2, false),
  /** Signed integer of 8 bits. */
  I8(1, false),
  /** Unsigned integer of 8 bits. */
  U8(1, false),
  /** A byte that is 0 for false. */
  BOOL(1, false);

  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;
  private final boolean floating;

  ElementType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements may have a fraction. */
  public boolean floating() {
    return floating;
  }

  /** The element at a byte offset, rounded to single precision. */
  float toFloat(MemorySegment from, long offset) {
    return switch (this) {
      case F64 -> (float) from.get(DOUBLE, offset);
      case F32 -> from.get(FLOAT, offset);
      case F16 -> Float.float16ToFloat(from.get(SHORT, offset));
      case BF16 -> Float.intBitsToFloat(from.get(SHORT, offset) << 16);
      case I64, I32, I16, I8, U8, BOOL -> toLong(from, offset);
    };
  }

  /** The element at a byte offset, without its fraction. */
  long toLong(MemorySegment from, long offset) {
    return switch (this) {
      case F64 -> (long) from.get(DOUBLE, offset);
      case F32, F16, BF16 -> (long) toFloat(from, offset);
      case I64 -> from.get(LONG, offset);
      case I32 -> from.get(INT, offset);
      case I16 -> from.get(SHORT, offset);
      case I8 -> from.get(ValueLayout.JAVA_BYTE, offset);
      case U8 -> Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, offset));
      case BOOL -> from.get(ValueLayout.JAVA_BYTE, offset) == 0 ? 0 : 1;
    };
  }
}
