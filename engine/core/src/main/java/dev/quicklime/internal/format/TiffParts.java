package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;

/** What the parts of a TIFF may claim, before a decoder allocates what they do. */
final class TiffParts {

  /** A tile may be larger than a picture that is smaller than it. */
  private static final int LARGEST_TILE = 1024;

  private static final int PACKED_BITS = 32_773;
  private static final int DEFLATE = 32_946;
  private static final int ZLIB = 8;

  private TiffParts() {}

  /**
   * Refuses packed parts that are longer than the file, tiles that are larger than the picture must
   * be, and pictures that so many bytes cannot hold.
   *
   * @throws InvalidInputException if there are such
   */
  static void check(Bytes file, TiffHeader header) {
    TiffDirectory fields = TiffDirectory.first(file);
    for (int tag : new int[] {TiffDirectory.STRIP_BYTES, TiffDirectory.TILE_BYTES}) {
      long bytes = fields.largest(tag);
      if (bytes > file.length()) {
        throw new InvalidInputException(
            "a TIFF's parts must lie within its %d bytes, got one of %d"
                .formatted(file.length(), bytes));
      }
    }
    long width = header.picture().width();
    long height = header.picture().height();
    long values = width * height * header.picture().channels();
    long raw = values * header.bits() / Byte.SIZE;
    if (raw / growth((int) fields.number(TiffDirectory.COMPRESSION, 1)) > file.length()) {
      throw new InvalidInputException(
          "a TIFF of %d bytes cannot hold %d×%d pixels of %d samples"
              .formatted(file.length(), width, height, header.picture().channels()));
    }
    // As they are stored, as the reader hands them out, and as the picture keeps them.
    ReadBudget.heap(
        "a TIFF of %d×%d".formatted(width, height),
        2 * Math.max(raw, values) + values * Float.BYTES);
    long tileWidth = fields.number(TiffDirectory.TILE_WIDTH, width);
    long tileHeight = fields.number(TiffDirectory.TILE_HEIGHT, height);
    if (tileWidth < 1
        || tileHeight < 1
        || tileWidth > width + LARGEST_TILE
        || tileHeight > height + LARGEST_TILE) {
      throw new InvalidInputException(
          "a TIFF's tiles must be as large as its picture at most, got %d×%d for %d×%d"
              .formatted(tileWidth, tileHeight, width, height));
    }
  }

  /** How many bytes one byte of packed pixels becomes at most. */
  private static int growth(int compression) {
    return switch (compression) {
      case 1 -> 1;
      case PACKED_BITS -> 64;
      case DEFLATE, ZLIB -> 1032;
      // Codes of 9 to 12 bits stand for up to 4096 bytes; of a fax a bit can be a row of white.
      default -> 1 << 16;
    };
  }
}
