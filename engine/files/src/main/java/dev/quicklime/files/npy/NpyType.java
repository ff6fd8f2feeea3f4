package dev.quicklime.files.npy;

import dev.quicklime.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The element types that can be read, named as NumPy names them. */
enum NpyType {
  B1(1),
  I1(1),
  I2(2),
  I4(4),
  I8(8),
  U1(1),
  U2(2),
  U4(4),
  U8(8),
  F2(2),
  F4(4),
  F8(8);

  private final int size;

  NpyType(int size) {
    this.size = size;
  }

  /** Bytes of one element. */
  int size() {
    return size;
  }

  /** NumPy's long name, such as {@code float64}. */
  String dtype() {
    return switch (this) {
      case B1 -> "bool";
      case I1, I2, I4, I8 -> "int" + 8 * size;
      case U1, U2, U4, U8 -> "uint" + 8 * size;
      case F2, F4, F8 -> "float" + 8 * size;
    };
  }

  static NpyType of(String dtype) {
    for (NpyType type : values()) {
      if (type.dtype().equals(dtype)) {
        return type;
      }
    }
    throw new InvalidInputException(
        "the type must be one of %s, got %s"
            .formatted(
                Arrays.stream(values()).map(NpyType::dtype).collect(Collectors.joining(", ")),
                dtype));
  }

  /** NumPy's short name in little-endian order, such as {@code <f8}. */
  String descr() {
    return (size == 1 ? "|" : "<") + name().toLowerCase(Locale.ROOT);
  }

  boolean isInteger() {
    return switch (this) {
      case B1, I1, I2, I4, I8, U1, U2, U4, U8 -> true;
      case F2, F4, F8 -> false;
    };
  }

  /** One element as a long; an unsigned 64-bit integer must fit a long. */
  long integer(ByteBuffer data, int index) {
    int at = index * size;
    return switch (this) {
      case B1 -> data.get(at) == 0 ? 0 : 1;
      case I1 -> data.get(at);
      case I2 -> data.getShort(at);
      case I4 -> data.getInt(at);
      case I8 -> data.getLong(at);
      case U1 -> data.get(at) & 0xff;
      case U2 -> data.getShort(at) & 0xffff;
      case U4 -> data.getInt(at) & 0xffff_ffffL;
      case U8 -> checked(data.getLong(at));
      case F2, F4, F8 -> throw new IllegalStateException("a float was read as an integer");
    };
  }

  double number(ByteBuffer data, int index) {
    int at = index * size;
    return switch (this) {
      case F2 -> Float.float16ToFloat(data.getShort(at));
      case F4 -> data.getFloat(at);
      case F8 -> data.getDouble(at);
      case U8 -> unsigned(data.getLong(at));
      case B1, I1, I2, I4, I8, U1, U2, U4 -> integer(data, index);
    };
  }

  private static long checked(long bits) {
    if (bits < 0) {
      throw new InvalidInputException(
          "integers must be between %s and %s, got %s"
              .formatted(Integer.MIN_VALUE, Integer.MAX_VALUE, Long.toUnsignedString(bits)));
    }
    return bits;
  }

  private static double unsigned(long bits) {
    // Halved with the lost bit kept, so that the rounding is that of the whole number.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
