package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.Map;

/** Kinds of TIFF that are not read, each with its name and what makes another of it. */
final class TiffKinds {
  static final String RECOMPRESS =
      "; \"tiffcp -c lzw:1 IN.tif OUT.tif\" of LibTIFF makes one that is";
  private static final String TO_COLOURS =
      "; \"magick IN.tif -colorspace sRGB OUT.png\" makes a picture that is read";

  /** Canon's mark, where plain files have pixels or the directory. */
  private static final int LZW = 5;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int DEFLATE = 8;
  private static final int PACK_BITS = 32773;
  private static final int OLD_DEFLATE = 32946;

  private static final int CR2 = 0x5243;

  private static final String BY_TIFFFILE =
      "; python -c \"import tifffile as t; t.imwrite('OUT.tif', t.imread('IN.tif'))\" makes one"
          + " that is";

  /** Those that LibTIFF reads, and so its tools. */
  private static final Map<Long, String> OF_LIBTIFF =
      Map.of(
          6L, "old-style JPEG",
          32766L, "NeXT",
          32809L, "ThunderScan",
          32909L, "PixarLog",
          34676L, "SGI LogLuv",
          34677L, "SGI LogLuv",
          34887L, "LERC",
          34925L, "LZMA",
          50000L, "zstd",
          50001L, "WebP");

  private static final Map<Long, String> OTHERS =
      Map.ofEntries(
          Map.entry(9L, "JBIG"),
          Map.entry(10L, "JBIG"),
          Map.entry(33003L, "JPEG 2000"),
          Map.entry(33004L, "JPEG 2000"),
          Map.entry(33005L, "JPEG 2000"),
          Map.entry(34661L, "JBIG"),
          Map.entry(34712L, "JPEG 2000"),
          Map.entry(34892L, "lossy JPEG of DNG"),
          Map.entry(34933L, "PNG"),
          Map.entry(34934L, "JPEG XR"),
          Map.entry(22610L, "JPEG XR"),
          Map.entry(50002L, "JPEG XL"),
          Map.entry(52546L, "JPEG XL"));

  private static final Map<Long, String> COLOURS =
      Map.of(
          4L, "a transparency mask",
          8L, "CIE L*a*b*",
          9L, "ICC L*a*b*",
          10L, "ITU L*a*b*",
          32803L, "a colour filter array",
          32844L, "LogL",
          32845L, "LogLuv",
          34892L, "linear raw colours");

  private TiffKinds() {}

  /** A TIFF of 64-bit offsets, told before there is a directory. */
  static InvalidInputException big() {
    return new InvalidInputException(
        "a TIFF must be of the classic form, got a BigTIFF" + RECOMPRESS);
  }

  static void check(Bytes file, TiffDirectory fields) {
    fields.checkTypes();
    boolean cr2 = file.length() > 10 && file.u16le(8) == CR2;
    if (cr2 || fields.has(TiffDirectory.DNG_VERSION)) {
      throw TiffHeader.refused(
          "pixels must be finished colours", "a raw " + (cr2 ? "CR2" : "DNG"), TO_COLOURS);
    }
    if ((fields.number(TiffDirectory.SUBFILE_TYPE, 0) & 1) != 0) {
      throw TiffHeader.refused(
          "first picture must be whole",
          "a reduced preview, as raw files of cameras have it",
          TO_COLOURS);
    }
    long compression = fields.number(TiffDirectory.COMPRESSION, 1);
    boolean read =
        (compression >= 1 && compression <= DEFLATE && compression != OLD_JPEG)
            || compression == PACK_BITS
            || compression == OLD_DEFLATE;
    if (!read) {
      String name = OF_LIBTIFF.getOrDefault(compression, OTHERS.get(compression));
      throw TiffHeader.refused(
          "compression must be none, PackBits, LZW, Deflate, JPEG or CCITT",
          name == null ? "the unknown compression " + compression : name,
          OF_LIBTIFF.containsKey(compression) ? RECOMPRESS : BY_TIFFFILE);
    }
    long bits = fields.number(TiffDirectory.BITS_PER_SAMPLE, 1);
    long channels = fields.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    if (compression == JPEG && (bits != 8 || (channels != 1 && channels != 3))) {
      throw TiffHeader.refused(
          "JPEG must be of one or three samples of 8 bits",
          channels + " of " + bits + " bits",
          RECOMPRESS);
    }
    long colours = fields.number(TiffDirectory.PHOTOMETRIC, 1);
    String name = COLOURS.get(colours);
    if (name != null || colours > 8) {
      throw TiffHeader.refused(
          "colours must be gray, RGB, a palette, YCbCr or inks",
          name == null ? "the unknown photometric interpretation " + colours : name,
          TO_COLOURS);
    }
  }

  /** Whether samples may be stored as differences, which is a matter of some compressions alone. */
  static boolean hasPredictor(TiffDirectory fields) {
    long compression = fields.number(TiffDirectory.COMPRESSION, 1);
    return compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE;
  }
}
