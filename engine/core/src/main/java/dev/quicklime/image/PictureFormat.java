package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Locale;

/** The formats that are read, told by a file's first bytes and never by its name. */
enum PictureFormat {
  PNG,
  JPEG,
  WEBP,
  TIFF,
  BMP;

  static PictureFormat of(Bytes file) {
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
    throw new InvalidInputException(
        "must be a PNG, JPEG, WebP, TIFF or BMP picture, got " + describe(file));
  }

  private static String describe(Bytes file) {
    StringBuilder start = new StringBuilder("a file that begins with");
    for (int i = 0; i < Math.min(8, file.length()); i++) {
      start.append(String.format(Locale.ROOT, " %02x", file.u8(i)));
    }
    return start.toString();
  }
}
