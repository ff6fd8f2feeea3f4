package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The formats that are read, told by a file's first bytes and never by its name. */
public enum PictureFormat {
  PNG,
  JPEG,
  WEBP,
  TIFF,
  BMP,
  GIF,
  HEIF,
  JPEG_2000;

  /**
   * Tells the format.
   *
   * @throws InvalidInputException if it is none of these, or a kind of one that is not read
   */
  public static PictureFormat of(Bytes file) {
    PictureFormat format = find(file);
    if (format != null) {
      return format;
    }
    throw OtherFormats.refused(file);
  }

  /** The format, or null where it is none of these. */
  public static @Nullable PictureFormat find(Bytes file) {
    if (file.matches(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return PNG;
    }
    if (file.matches(0, 0xff, 0xd8, 0xff)) {
      return JPEG;
    }
    if (file.matches(0, 'R', 'I', 'F', 'F') && file.matches(8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    if (file.matches(0, 'I', 'I', 42, 0) || file.matches(0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (file.matches(0, 'B', 'M')) {
      return BMP;
    }
    if (file.matches(0, 'G', 'I', 'F', '8')) {
      return GIF;
    }
    if (HeifFile.isHeif(file)) {
      return HEIF;
    }
    return Jp2File.isJp2(file) ? JPEG_2000 : null;
  }
}
