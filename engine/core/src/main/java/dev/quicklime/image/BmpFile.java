package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.List;

/** A BMP's header. */
final class BmpFile {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;

  private final Bytes file;

  BmpFile(Bytes file) {
    this.file = file;
  }

  /**
   * The header.
   *
   * @throws InvalidInputException if the file is shorter than its pixels are
   */
  PictureHeader header() {
    long size = file.u32le(14);
    if (size != CORE_HEADER && size < INFO_HEADER) {
      throw new InvalidInputException(
          "a BMP's header must be of 12 or at least 40 bytes, got " + size);
    }
    boolean core = size == CORE_HEADER;
    long width = core ? file.u16le(18) : (int) file.u32le(18);
    // Rows come from the top where the height is negative.
    long height = core ? file.u16le(20) : Math.abs((long) (int) file.u32le(22));
    int bits = file.u16le(core ? 24 : 28);
    long compression = core ? 0 : file.u32le(30);
    if (width < 1 || height < 1) {
      throw new InvalidInputException(
          "a BMP's sides must be at least 1, got " + width + "×" + height);
    }
    long pixels =
        compression == RLE8 || compression == RLE4
            ? file.u32le(34)
            : Math.multiplyExact(Math.ceilDiv(width * bits, 32L) * 4, height);
    if (compression > BITFIELDS) {
      throw new InvalidInputException(
          "a BMP must be plain or run-length coded, got compression " + compression);
    }
    file.require(file.u32le(10), pixels);
    return new PictureHeader(width, height, Math.max(3, bits / 8), Exif.UPRIGHT, List.of());
  }
}
