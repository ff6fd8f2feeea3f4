package dev.quicklime.image;

/** Number format of the pixels in a classifier's batch. */
public enum PixelType {
  /** IEEE 754 single precision, 4 bytes. */
  FLOAT32(4),
  /** The upper half of a single-precision number, rounded to nearest even, 2 bytes. */
  BFLOAT16(2),
  /** IEEE 754 half precision, rounded to nearest even from single precision, 2 bytes. */
  FLOAT16(2),
  /**
   * Levels from 0 to 255 as they are, 1 byte, for networks that normalise by themselves. A level
   * that is not whole, as of a mean or a blurred picture, is rounded to the nearest whole one, a
   * half to the even one of its neighbours.
   */
  UINT8(1);

  private final int bytes;

  PixelType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }
}
