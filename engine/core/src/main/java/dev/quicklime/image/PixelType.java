package dev.quicklime.image;

/** Number format of the pixels in a classifier's batch. */
public enum PixelType {
  /** IEEE 754 single precision, 4 bytes. */
  FLOAT32(4),
  /** The upper half of a single-precision number, rounded to nearest even, 2 bytes. */
  BFLOAT16(2);

  private final int bytes;

  PixelType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
