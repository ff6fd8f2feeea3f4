package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.BmpFile;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.GifFile;
import dev.quicklime.internal.format.HeifFile;
import dev.quicklime.internal.format.Jp2File;
import dev.quicklime.internal.format.JpegFile;
import dev.quicklime.internal.format.PictureFormat;
import dev.quicklime.internal.format.PictureHeader;
import dev.quicklime.internal.format.PngFile;
import dev.quicklime.internal.format.TiffHeader;
import dev.quicklime.internal.format.WebpFile;
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
          check(png.header());
          png.essentials();
        });
  }

  /** The markers of a JPEG and its EXIF. */
  public static void jpeg(Path file) throws IOException {
    read(
        file,
        bytes -> {
          JpegFile jpeg = new JpegFile(bytes);
          check(jpeg.header());
          jpeg.complete();
        });
  }

  /** The chunks of a WebP. */
  public static void webp(Path file) throws IOException {
    read(file, bytes -> check(new WebpFile(bytes).header()));
  }

  /** A BMP with its pixels. */
  public static void bmp(Path file) throws IOException {
    read(
        file,
        bytes -> {
          check(new BmpFile(bytes).header());
          BmpPixels.decode(bytes);
        });
  }

  /** A GIF's first picture. */
  public static void gif(Path file) throws IOException {
    read(
        file,
        bytes -> {
          check(new GifFile(bytes).header());
          GifPictures.decode(bytes);
        });
  }

  /** What a HEIC or an AVIF says of its pictures, their tiles among it. */
  public static void heif(Path file) throws IOException {
    read(
        file,
        bytes -> {
          HeifFile heif = new HeifFile(bytes);
          check(heif.header());
          HeifFile.Part alpha = heif.alpha();
          tiles(heif.picture());
          if (alpha != null) {
            tiles(alpha);
          }
        });
  }

  private static void tiles(HeifFile.Part part) {
    part.colours();
    part.steps();
    for (int tile = 0; tile < part.tiles(); tile++) {
      part.data(tile);
      part.configuration(tile);
    }
  }

  /** The boxes and the markers of a JPEG 2000. */
  public static void jp2(Path file) throws IOException {
    read(
        file,
        bytes -> {
          Jp2File jp2 = new Jp2File(bytes);
          check(jp2.header());
          jp2.bits();
        });
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
          TiffHeader header = TiffHeader.of(bytes);
          check(header.picture());
          TiffFile.decode(bytes, header);
        });
  }

  private static void check(PictureHeader header) {
    Decoding.check(header, ReadLimits.defaults());
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
