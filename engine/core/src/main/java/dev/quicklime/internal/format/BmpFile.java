package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.List;

/** A BMP's header. */
public final class BmpFile {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;

  /** The first header with a mask for alpha. */
  private static final int ALPHA_HEADER = 56;

  /** Of OS/2, where some numbers of compressions mean others. */
  private static final int OS2_HEADER = 64;

  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;
  private static final String RESAVE = "; \"magick IN.bmp OUT.png\" makes a picture that is read";

  private final Bytes file;

  public BmpFile(Bytes file) {
    this.file = file;
  }

  /**
   * The header.
   *
   * @throws InvalidInputException if the file is shorter than its pixels are, or of a kind that is
   *     not read, which the message names
   */
  public PictureHeader header() {
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
    checkKind(size, bits, compression);
    if (!core && compression == BITFIELDS) {
      checkMasks();
    }
    long pixels =
        compression == RLE8 || compression == RLE4
            ? file.u32le(34)
            : Math.multiplyExact(Math.ceilDiv(width * bits, 32L) * 4, height);
    file.require(file.u32le(10), pixels);
    if (!core && bits <= 8 && file.u32le(46) > 1L << bits) {
      throw new InvalidInputException(
          "a BMP of %s bits must have at most %s colours, got %s"
              .formatted(bits, 1 << bits, file.u32le(46)));
    }
    boolean alpha = alphaMask() != 0;
    return new PictureHeader(
        width,
        height,
        alpha ? 4 : 3,
        Exif.UPRIGHT,
        alpha ? List.of(PictureHeader.ALPHA_DROPPED) : List.of());
  }

  /** Which bits of a pixel are how opaque it is; 0 where none are. */
  public int alphaMask() {
    long size = file.u32le(14);
    boolean masks = size >= ALPHA_HEADER && size != OS2_HEADER && file.u32le(30) == BITFIELDS;
    return masks ? (int) file.u32le(66) : 0;
  }

  /** Colours by masks: their bits lie side by side, or there is no number under them. */
  private void checkMasks() {
    for (int at = 54; at < 66; at += 4) {
      long mask = file.u32le(at);
      long bits = mask == 0 ? 0 : mask >>> Long.numberOfTrailingZeros(mask);
      if ((bits & bits + 1) != 0) {
        throw new InvalidInputException(
            "a BMP's colours must each be bits side by side, got the mask 0x"
                + Long.toHexString(mask)
                + RESAVE);
      }
    }
  }

  private static void checkKind(long size, int bits, long compression) {
    String kind =
        size == OS2_HEADER && compression == 3
            ? "Huffman coding of OS/2"
            : size == OS2_HEADER && compression == 4
                ? "run lengths of 24 bits of OS/2"
                : switch ((int) Math.min(compression, Integer.MAX_VALUE)) {
                  case 0 -> bits == 2 || bits == 64 ? bits + " bits for a pixel" : "";
                  case RLE8, RLE4, BITFIELDS -> "";
                  case 4 -> "a JPEG inside";
                  case 5 -> "a PNG inside";
                  case 6 -> "colours and alpha by masks of Windows CE";
                  case 11, 12, 13 -> "inks (CMYK)";
                  default -> "compression " + compression;
                };
    if (!kind.isEmpty()) {
      throw new InvalidInputException(
          "a BMP must be plain, run-length coded or coloured by masks, got " + kind + RESAVE);
    }
    boolean fits =
        switch ((int) compression) {
          case RLE8 -> bits == 8;
          case RLE4 -> bits == 4;
          case BITFIELDS -> bits == 16 || bits == 32;
          default -> bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
        };
    if (!fits) {
      throw new InvalidInputException(
          "a BMP's pixels must be of 1, 4, 8, 16, 24 or 32 bits, as its compression allows, got %s bits with compression %s"
              .formatted(bits, compression));
    }
  }
}
