package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What is read of pictures by Java before a native decoder is given them. */
public final class PictureReaders {

  /** The ways in which a TIFF's pixels are packed that the JDK unpacks by Java alone. */
  private static final Set<Integer> JAVA_ONLY = Set.of(1, 2, 3, 4, 5, 8, 32773, 32946);

  private PictureReaders() {}

  private interface Part {
    void read(Bytes bytes);
  }

  private static void read(Path file, Part part) throws IOException {
    Bytes bytes = new Bytes(Files.readAllBytes(file));
    try {
      part.read(bytes);
    } catch (ArithmeticException e) {
      // As decoding does.
      throw new InvalidInputException("a header that overflows", e);
    }
  }

  /** Header and pixels of a PNG, which are inflated once. */
  public static void png(Path file) throws IOException {
    read(
        file,
        bytes -> {
          PngFile png = new PngFile(bytes);
          png.header().check(ReadLimits.defaults());
          png.essentials();
        });
  }

  /** The markers of a JPEG and its EXIF. */
  public static void jpeg(Path file) throws IOException {
    read(
        file,
        bytes -> {
          JpegFile jpeg = new JpegFile(bytes);
          jpeg.header().check(ReadLimits.defaults());
          jpeg.complete();
        });
  }

  /** The chunks of a WebP. */
  public static void webp(Path file) throws IOException {
    read(file, bytes -> new WebpFile(bytes).header().check(ReadLimits.defaults()));
  }

  /** The header of a BMP. */
  public static void bmp(Path file) throws IOException {
    read(file, bytes -> new BmpFile(bytes).header().check(ReadLimits.defaults()));
  }

  /** A TIFF with its pixels, unless they are a JPEG, which native code unpacks. */
  public static void tiff(Path file) throws IOException {
    read(
        file,
        bytes -> {
          PictureFormat.of(bytes);
          if (!unpackedByJava(bytes)) {
            throw new InvalidInputException("left to native code");
          }
          try (TiffFile tiff = new TiffFile(bytes)) {
            tiff.header().check(ReadLimits.defaults());
            tiff.decode();
          }
        });
  }

  /** Wherever the tag 259 could stand, in either order. */
  private static boolean unpackedByJava(Bytes bytes) {
    for (int i = 0; i + 12 <= bytes.length(); i++) {
      boolean big = bytes.matches(i, 1, 3, 0);
      if ((big && !JAVA_ONLY.contains(bytes.u16be(i + 8)))
          || (bytes.matches(i, 3, 1) && !JAVA_ONLY.contains(bytes.u16le(i + 8)))) {
        return false;
      }
    }
    return true;
  }
}
