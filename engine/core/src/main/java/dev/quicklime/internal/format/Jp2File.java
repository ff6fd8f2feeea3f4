package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.IsoBoxes.Box;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JPEG 2000 file, or a code stream alone. */
public final class Jp2File {
  private static final int SIZE_MARKER = 0xff51;
  private static final int MOST_COMPONENTS = 4;
  private static final String CONVERT = "; \"magick IN.jp2 OUT.png\" makes a picture that is read";

  private final Bytes file;

  /** Where the code stream begins. */
  private final long stream;

  /**
   * Finds the code stream.
   *
   * @throws InvalidInputException if there is none
   */
  public Jp2File(Bytes file) {
    this.file = file;
    stream = isStream(file) ? 0 : streamInBoxes();
    if (file.u16be(stream + 2) != SIZE_MARKER) {
      throw new InvalidInputException("a JPEG 2000 must begin with its size, got damaged data");
    }
  }

  static boolean isJp2(Bytes file) {
    return isStream(file)
        || file.matches(0, 0, 0, 0, 12, 'j', 'P', ' ', ' ', '\r', '\n', 0x87, '\n');
  }

  private static boolean isStream(Bytes file) {
    return file.matches(0, 0xff, 0x4f, 0xff, 0x51);
  }

  private long streamInBoxes() {
    Box box = IsoBoxes.first(IsoBoxes.in(file, 0, file.length()), "jp2c");
    if (box == null) {
      throw new InvalidInputException("a JPEG 2000 file must hold a code stream, got none");
    }
    return box.from();
  }

  /**
   * The header.
   *
   * @throws InvalidInputException if components have a sign, more than 16 bits or different ones,
   *     or are more than four
   */
  public PictureHeader header() {
    long width = file.u32be(stream + 8) - file.u32be(stream + 16);
    long height = file.u32be(stream + 12) - file.u32be(stream + 20);
    int components = file.u16be(stream + 40);
    int first = file.u8(stream + 42);
    for (int i = 0; i < Math.min(components, MOST_COMPONENTS); i++) {
      int depth = file.u8(stream + 42 + 3L * i);
      if (depth != first || depth > 15) {
        throw new InvalidInputException(
            "a JPEG 2000's components must all have as many bits, up to 16 and without sign, got %d %s bits after %d%s"
                .formatted(
                    1 + (depth & 0x7f),
                    depth > 127 ? "signed" : "unsigned",
                    1 + (first & 0x7f),
                    CONVERT));
      }
    }
    if (components > MOST_COMPONENTS) {
      throw new InvalidInputException(
          "a JPEG 2000 must have at most 4 components, got " + components + CONVERT);
    }
    if (isInks()) {
      throw new InvalidInputException(
          "a JPEG 2000 must be gray, RGB or YCC, got inks (CMYK) or L*a*b*" + CONVERT);
    }
    // Whether the last component is alpha only its decoder tells.
    return new PictureHeader(width, height, Math.max(3, components), Exif.UPRIGHT, List.of());
  }

  private boolean isInks() {
    if (stream == 0) {
      return false;
    }
    @Nullable Box head = IsoBoxes.first(IsoBoxes.in(file, 0, file.length()), "jp2h");
    if (head == null) {
      return false;
    }
    for (Box box : IsoBoxes.in(file, head.from(), head.to())) {
      if (box.type().equals("colr") && file.u8(box.from()) == 1) {
        long space = file.u32be(box.from() + 3);
        // 16 is sRGB, 17 gray, 18 YCC.
        return space < 16 || space > 18;
      }
    }
    return false;
  }

  /** Bits of a component. */
  public int bits() {
    return 1 + file.u8(stream + 42);
  }
}
