package dev.quicklime.onnx.internal.file;

import dev.quicklime.image.PixelType;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of elements that a tensor of an ONNX file may have, in the order of their numbers there.
 */
public enum OnnxType {
  /** Not said, or no tensor at all. */
  UNDEFINED("no tensor", 0),
  /** IEEE 754 single precision. */
  FLOAT("float32", 4),
  /** Whole numbers from 0 to 255. */
  UINT8("uint8", 1),
  /** Whole numbers of one byte. */
  INT8("int8", 1),
  /** Whole numbers of two bytes without a sign. */
  UINT16("uint16", 2),
  /** Whole numbers of two bytes. */
  INT16("int16", 2),
  /** Whole numbers of four bytes. */
  INT32("int32", 4),
  /** Whole numbers of eight bytes. */
  INT64("int64", 8),
  /** Texts. */
  STRING("string", 0),
  /** True or false. */
  BOOL("bool", 1),
  /** IEEE 754 half precision. */
  FLOAT16("float16", 2),
  /** IEEE 754 double precision. */
  DOUBLE("float64", 8),
  /** Whole numbers of four bytes without a sign. */
  UINT32("uint32", 4),
  /** Whole numbers of eight bytes without a sign. */
  UINT64("uint64", 8),
  /** Complex numbers of two in single precision. */
  COMPLEX64("complex64", 8),
  /** Complex numbers of two in double precision. */
  COMPLEX128("complex128", 16),
  /** The upper half of a single-precision number. */
  BFLOAT16("bfloat16", 2),
  /** Any of the later ones, of a byte and less. */
  OTHER("a type of eight bits or less", 0);

  private final String called;
  private final int bytes;

  OnnxType(String called, int bytes) {
    this.called = called;
    this.bytes = bytes;
  }

  static OnnxType of(long number) {
    OnnxType[] all = values();
    return number < 0 || number >= OTHER.ordinal() ? OTHER : all[(int) number];
  }

  /** What messages call it. */
  public String called() {
    return called;
  }

  /** Bytes of an element, or 0 where it has no fixed number of them. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is a floating-point type. */
  public boolean floating() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16 || this == DOUBLE;
  }

  /** Whether weights are of it: floating point, or eight bits that stand for such numbers. */
  boolean weight() {
    return floating() || this == INT8 || this == UINT8;
  }

  /** What a network is said to compute with whose weights are of it. */
  String precision() {
    return switch (this) {
      case FLOAT -> "fp32";
      case FLOAT16 -> "fp16";
      case BFLOAT16 -> "bf16";
      case DOUBLE -> "fp64";
      default -> called;
    };
  }

  /** The same of a picture's elements, or null where pictures cannot be made of it. */
  public @Nullable PixelType pixels() {
    return switch (this) {
      case FLOAT -> PixelType.FLOAT32;
      case FLOAT16 -> PixelType.FLOAT16;
      case UINT8 -> PixelType.UINT8;
      default -> null;
    };
  }
}
