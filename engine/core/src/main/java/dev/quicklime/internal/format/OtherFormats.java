package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.List;

/** Formats of pictures that are known but not read, each with its name and what converts it. */
final class OtherFormats {
  private static final String MAGICK = "magick IN OUT.png";

  /**
   * A format.
   *
   * @param name with its article
   * @param at where its mark stands
   * @param mark as ISO 8859-1
   * @param command what makes a picture of it that is read
   */
  private record Other(String name, int at, String mark, String command) {
    boolean matches(Bytes file) {
      return file.matches(at, mark.chars().toArray());
    }
  }

  private static final List<Other> ALL =
      List.of(
          new Other("a JPEG XL", 0, "\u00ff\n", "djxl IN.jxl OUT.png"),
          new Other("a JPEG XL", 0, "\0\0\0\fJXL \r\n\u0087\n", "djxl IN.jxl OUT.png"),
          new Other("a CR3 of a camera", 8, "crx ", MAGICK),
          new Other("a RAF of a camera", 0, "FUJIFILMCCD-RAW", MAGICK),
          new Other("an ORF of a camera", 0, "IIRO", MAGICK),
          new Other("an RW2 of a camera", 0, "IIU\0", MAGICK),
          new Other("a JPEG XR", 0, "II\u00bc", MAGICK),
          new Other("a Photoshop file", 0, "8BPS", MAGICK),
          new Other("an OpenEXR", 0, "v/1\u0001", MAGICK),
          new Other("a Radiance HDR", 0, "#?R", MAGICK),
          new Other("a DICOM", 128, "DICM", "dcmj2pnm +on IN OUT.png"),
          new Other("a FITS", 0, "SIMPLE  =", MAGICK),
          new Other("a QOI", 0, "qoif", MAGICK),
          new Other("a DDS", 0, "DDS ", MAGICK),
          new Other("an icon", 0, "\0\0\u0001\0", MAGICK),
          new Other("a PDF", 0, "%PDF", "pdftoppm -png -r 150 IN OUT"),
          new Other("a PBM", 0, "P1", MAGICK),
          new Other("a PGM", 0, "P2", MAGICK),
          new Other("a PPM", 0, "P3", MAGICK),
          new Other("a PBM", 0, "P4", MAGICK),
          new Other("a PGM", 0, "P5", MAGICK),
          new Other("a PPM", 0, "P6", MAGICK),
          new Other("a PAM", 0, "P7\n", MAGICK),
          new Other("a PFM", 0, "PF\n", MAGICK));

  private OtherFormats() {}

  static InvalidInputException refused(Bytes file) {
    if (file.matches(0, 'I', 'I', 43, 0) || file.matches(0, 'M', 'M', 0, 43)) {
      return TiffKinds.big();
    }
    String rule =
        "must be a PNG, JPEG, WebP, TIFF, BMP, GIF, HEIC, AVIF or JPEG 2000 picture, got ";
    return ALL.stream()
        .filter(other -> other.matches(file))
        .findFirst()
        .map(
            other ->
                new InvalidInputException(
                    rule + other.name() + "; \"" + other.command() + "\" makes one that is"))
        .orElseGet(() -> new InvalidInputException(rule + describe(file)));
  }

  private static String describe(Bytes file) {
    StringBuilder start = new StringBuilder("a file that begins with");
    for (int i = 0; i < Math.min(8, file.length()); i++) {
      start.append(" %02x".formatted(file.u8(i)));
    }
    return start.toString();
  }
}
