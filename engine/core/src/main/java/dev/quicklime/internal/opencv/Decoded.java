package dev.quicklime.internal.opencv;

import org.jspecify.annotations.Nullable;

/** A decoded picture on the heap: interleaved, RGB first, of 8 or 16 bits. */
public final class Decoded {
  private static final float PER_16_BIT = 257;

  private final int width;
  private final int height;
  private final int channels;
  private final byte @Nullable [] bytes;
  private final short @Nullable [] shorts;

  Decoded(int width, int height, int channels, byte @Nullable [] bytes, short @Nullable [] shorts) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bytes = bytes;
    this.shorts = shorts;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public int channels() {
    return channels;
  }

  public boolean isSixteenBit() {
    return shorts != null;
  }

  /** The first {@code keep} channels of a picture of 8 bits. */
  public byte[] bytes(int keep) {
    if (bytes == null) {
      throw new IllegalStateException("the picture is of 16 bits");
    }
    if (keep == channels) {
      return bytes.clone();
    }
    byte[] out = new byte[width * height * keep];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i / keep * channels + i % keep];
    }
    return out;
  }

  /**
   * The first {@code keep} channels of a picture of 16 bits, divided by 257, so that they are in
   * 0..255 units.
   */
  public float[] floats(int keep) {
    if (shorts == null) {
      throw new IllegalStateException("the picture is of 8 bits");
    }
    float[] out = new float[width * height * keep];
    for (int i = 0; i < out.length; i++) {
      out[i] = (shorts[i / keep * channels + i % keep] & 0xffff) / PER_16_BIT;
    }
    return out;
  }
}
