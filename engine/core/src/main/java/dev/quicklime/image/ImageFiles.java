package dev.quicklime.image;

import dev.quicklime.internal.opencv.Codec;
import dev.quicklime.internal.opencv.Decoded;
import dev.quicklime.internal.opencv.OpenCv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Reads and writes picture files. PNG, JPEG, WebP, TIFF and BMP are told by their contents,
 * whatever a file's name.
 */
public final class ImageFiles {
  static final String SIXTEEN_BITS = "16-bit values kept as floats (divided by 257)";
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp");
  private static final long MAX_FILE_BYTES = 1L << 30;

  private ImageFiles() {}

  /** As {@link #read(Path, ReadLimits)}, within {@link ReadLimits#defaults()}. */
  public static Image read(Path file) {
    return read(file, ReadLimits.defaults());
  }

  /**
   * Reads a picture, turned upright by its EXIF orientation, in RGB.
   *
   * <p>Values of 8 bits stay bytes; values of 16 bits become floats, divided by 257; floats, in a
   * TIFF, are multiplied by 255 if all are within 0..1 and are taken as they are otherwise. Alpha
   * is dropped, from a TIFF only where the file calls it so, and all other channels are kept; inks
   * become RGB. Of several pictures in a file the first is taken. What was done is in {@link
   * Image#notices()}.
   *
   * <p>Bits that have changed inside the compressed pixels of a JPEG or a lossy WebP mostly decode
   * to other pixels, and nobody can tell; where a JPEG's decoder notices, it writes one line to the
   * error stream and fills up with gray.
   *
   * @throws IllegalArgumentException if the file cannot be read, is cut off, damaged or no such
   *     picture, is under 8×8, or over the limits, which is told from its header before anything is
   *     decoded
   */
  public static Image read(Path file, ReadLimits limits) {
    Bytes bytes = new Bytes(load(file));
    try {
      return decode(bytes, limits);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          file + ": a picture must have sides that can be, got a header that overflows", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + oneLine(e), e);
    }
  }

  /**
   * Writes a picture of one or three channels as a PNG of 8 bits; floats are rounded and clamped.
   *
   * @throws IllegalArgumentException if it has another number of channels
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writePng(Image image, Path file) {
    byte[] png = encodePng(image);
    try {
      Files.write(file, png);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": must be writable, got " + e, e);
    }
  }

  /**
   * A PNG of 8 bits from a picture of one or three channels; floats are rounded and clamped.
   *
   * @throws IllegalArgumentException if it has another number of channels
   */
  public static byte[] encodePng(Image image) {
    if (image.channels() != 1 && image.channels() != 3) {
      throw new IllegalArgumentException(
          "a PNG must have 1 or 3 channels, got " + image.channels());
    }
    return Codec.encodePng(image.toBytes(), image.width(), image.height(), image.channels());
  }

  /**
   * Whether a file's name ends like a picture's: png, jpg, jpeg, webp, tif, tiff or bmp in any
   * case.
   */
  public static boolean looksLikeImage(Path file) {
    Path name = file.getFileName();
    if (name == null) {
      return false;
    }
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The native codec and its version, for instance {@code OpenCV 4.14.0}. */
  public static String codecVersion() {
    return "OpenCV " + OpenCv.version();
  }

  private static byte[] load(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + ": must be a picture file, got none of this name");
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + ": must be a picture file, got a folder");
    }
    try {
      long size = Files.size(file);
      if (size == 0) {
        throw new IllegalArgumentException(file + ": must be a picture file, got an empty file");
      }
      if (size > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            "%s: a picture file must be at most %d bytes, got %d"
                .formatted(file, MAX_FILE_BYTES, size));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": must be readable, got " + e, e);
    }
  }

  private static Image decode(Bytes bytes, ReadLimits limits) {
    return switch (PictureFormat.of(bytes)) {
      case PNG -> {
        PngFile png = new PngFile(bytes);
        PictureHeader header = png.header();
        header.check(limits);
        yield finish(Codec.decode(png.essentials()), header, png.isGrayWithAlpha());
      }
      case JPEG -> {
        JpegFile jpeg = new JpegFile(bytes);
        PictureHeader header = jpeg.header();
        header.check(limits);
        yield finish(Codec.decode(jpeg.complete()), header, false);
      }
      case WEBP -> {
        PictureHeader header = new WebpFile(bytes).header();
        header.check(limits);
        yield finish(Codec.decode(bytes.data()), header, false);
      }
      case BMP -> {
        PictureHeader header = new BmpFile(bytes).header();
        header.check(limits);
        yield finish(Codec.decode(bytes.data()), header, false);
      }
      case TIFF -> {
        try (TiffFile tiff = new TiffFile(bytes)) {
          tiff.header().check(limits);
          yield finish(tiff.decode(), tiff.header());
        }
      }
    };
  }

  /** Drops what the decoder has added or alpha has left: four channels are three, of gray one. */
  private static Image finish(Decoded decoded, PictureHeader header, boolean gray) {
    int keep = gray ? 1 : Math.min(decoded.channels(), 3);
    Image image;
    if (decoded.isSixteenBit()) {
      image =
          Image.ofFloat(decoded.width(), decoded.height(), keep, decoded.floats(keep))
              .withNotice(SIXTEEN_BITS);
    } else {
      image = Image.adopt(decoded.width(), decoded.height(), keep, decoded.bytes(keep));
    }
    return finish(image, header);
  }

  private static Image finish(Image image, PictureHeader header) {
    Image result = image;
    for (String notice : header.notices()) {
      result = result.withNotice(notice);
    }
    return Orientation.apply(result, header.orientation());
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
