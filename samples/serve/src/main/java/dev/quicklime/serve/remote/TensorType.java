package dev.quicklime.serve.remote;

import dev.quicklime.image.PixelType;
import java.util.Locale;
import java.util.Optional;

/** Numbers of a tensor of pictures, by V2's names. */
public enum TensorType {
  /** Single precision. */
  FP32(PixelType.FLOAT32, 4),
  /** Double precision, of single-precision values. */
  FP64(PixelType.FLOAT32, 8),
  /** Half precision. */
  FP16(PixelType.FLOAT16, 2),
  /** bfloat16. */
  BF16(PixelType.BFLOAT16, 2),
  /** Levels from 0 to 255 as they are, whole ones. */
  UINT8(PixelType.UINT8, 1);

  private final PixelType pixels;
  private final int bytes;

  TensorType(PixelType pixels, int bytes) {
    this.pixels = pixels;
    this.bytes = bytes;
  }

  /** The numbers that a batch has in memory. */
  PixelType pixels() {
    return pixels;
  }

  /** Bytes of a number on its way. */
  int bytes() {
    return bytes;
  }

  /** The word of reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TensorType> named(String name) {
    for (TensorType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
