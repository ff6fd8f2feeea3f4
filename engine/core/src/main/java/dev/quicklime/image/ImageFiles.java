package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.PictureFormat;
import dev.quicklime.internal.opencv.Codec;
import dev.quicklime.internal.opencv.OpenCv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Reads and writes picture files. PNG, JPEG, WebP, TIFF, BMP and GIF are told by their contents,
 * whatever a file's name, and so are HEIC, AVIF and JPEG 2000 where a {@link StillDecoder} is on
 * the class path.
 */
public final class ImageFiles {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif", "heic", "heif", "hif", "avif",
          "jp2", "j2k", "jpx", "j2c");

  /** Enough of a file to tell its format. */
  private static final int START = 600;

  private ImageFiles() {}

  /** As {@link #read(Path, ReadLimits)}, within {@link ReadLimits#defaults()}. */
  public static Image read(Path file) {
    return read(file, ReadLimits.defaults());
  }

  /**
   * Reads a picture, turned upright by its EXIF orientation, in RGB.
   *
   * <p>Values of 8 bits stay bytes; values of 16 bits become floats, divided by 257; those of other
   * numbers of bits are scaled so that the highest is 255. In a TIFF, samples with a sign and those
   * of 32 bits become floats, of which the least of the picture is 0 and the largest 255. Floats
   * are multiplied by 255 if all are within 0..1, where up to a half beyond is clipped, are taken
   * as they are if within 0..255 or half as much beyond, and are refused otherwise. Alpha is
   * dropped, from a TIFF only where the file calls it so, and all other channels are kept; inks
   * become RGB. Of several pictures in a file the first is taken. What was done is in {@link
   * Image#notices()}.
   *
   * <p>Bits that have changed inside the compressed pixels of a JPEG or a lossy WebP mostly decode
   * to other pixels, and nobody can tell; where a JPEG's decoder notices, it writes one line to the
   * error stream and fills up with gray.
   *
   * @throws InvalidInputException if the file cannot be read, is cut off, damaged or no such
   *     picture, is under 8×8, or over the limits, which is told from its header before anything is
   *     decoded
   */
  public static Image read(Path file, ReadLimits limits) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(limits, "limits");
    return Decoding.decode(load(file), file.toString(), limits);
  }

  /**
   * Reads the numbers that a picture stores, turned upright: levels of gray as they are whatever
   * their width, and places in the palette in place of its colours, in one channel. Where colours
   * are stored, those are read, in 0..255 units. Alpha is left out.
   *
   * @return floats that are all whole, in no units where they are numbers
   * @throws InvalidInputException as {@link #read(Path)}, and if the format has blurred the
   *     numbers, as JPEG does, or one is not whole or above 2²⁴
   */
  public static Image readStored(Path file) {
    Objects.requireNonNull(file, "file");
    return StoredValues.decode(load(file), file.toString());
  }

  /**
   * Writes a picture of one or three channels as a PNG of 8 bits; floats are rounded and clamped.
   *
   * @throws InvalidInputException if it has another number of channels
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writePng(Image image, Path file) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(file, "file");
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
   * @throws InvalidInputException if it has another number of channels
   */
  public static byte[] encodePng(Image image) {
    checkChannels(image);
    return Codec.encodePng(image.asBytes(), image.width(), image.height(), image.channels());
  }

  /**
   * The same with a choice between time and bytes, and without looking for the filter that suits
   * each row best.
   *
   * @param level 1, fast, to 9, small, as zlib has it
   * @throws InvalidInputException if it has another number of channels, or the level is out of
   *     range
   */
  public static byte[] encodePng(Image image, int level) {
    checkChannels(image);
    checkLevel(level);
    return Codec.encodePng(image.asBytes(), image.width(), image.height(), image.channels(), level);
  }

  /**
   * The same of colours as {@link java.awt.image.BufferedImage#getRGB} gives them.
   *
   * @param rgb rows of 0xRRGGBB from the top; what is in front of that is overlooked
   * @throws InvalidInputException if a size is not positive, the array is not {@code width·height}
   *     long, or the level is out of range
   */
  public static byte[] encodePng(int width, int height, int[] rgb, int level) {
    Objects.requireNonNull(rgb, "rgb");
    checkLevel(level);
    if (width < 1 || height < 1 || (long) width * height != rgb.length) {
      throw new InvalidInputException(
          "colours must be width·height, of a positive width and height, got %s of %s×%s"
              .formatted(rgb.length, width, height));
    }
    if (rgb.length > Integer.MAX_VALUE / 3) {
      throw new InvalidInputException(
          "a picture must have %s pixels at most, got %s×%s"
              .formatted(Integer.MAX_VALUE / 3, width, height));
    }
    byte[] bytes = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[3 * i] = (byte) (rgb[i] >> 16);
      bytes[3 * i + 1] = (byte) (rgb[i] >> 8);
      bytes[3 * i + 2] = (byte) rgb[i];
    }
    return Codec.encodePng(bytes, width, height, 3, level);
  }

  private static void checkLevel(int level) {
    if (level < 1 || level > 9) {
      throw new InvalidInputException("level must be in 1 to 9, got " + level);
    }
  }

  private static void checkChannels(Image image) {
    Objects.requireNonNull(image, "image");
    if (image.channels() != 1 && image.channels() != 3) {
      throw new InvalidInputException("a PNG must have 1 or 3 channels, got " + image.channels());
    }
  }

  /**
   * Whether a file's name ends like a picture's, in any case: png, jpg, jpeg, webp, tif, tiff, bmp,
   * gif, heic, heif, hif, avif, jp2, j2k, jpx or j2c.
   */
  public static boolean looksLikeImage(Path file) {
    Objects.requireNonNull(file, "file");
    Path name = file.getFileName();
    if (name == null) {
      return false;
    }
    String text = name.toString();
    int dot = text.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(text.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a file's first bytes are those of a format that {@link #read} takes, whatever its name;
   * false where it cannot be read. It may still be cut off, or a kind of its format that is
   * refused, and HEIC, AVIF and JPEG 2000 need a {@link StillDecoder}.
   */
  public static boolean isPicture(Path file) {
    Objects.requireNonNull(file, "file");
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return PictureFormat.find(new Bytes(in.readNBytes(START))) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** The native codec and its version, for instance {@code OpenCV 4.14.0}. */
  public static String codecVersion() {
    return "OpenCV " + OpenCv.version();
  }

  private static byte[] load(Path file) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(file + ": must be a picture file, got none of this name");
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + ": must be a picture file, got a folder");
    }
    try {
      // Before the file is read: it may be larger than the heap.
      Decoding.checkLength(Files.size(file), file.toString());
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": must be readable, got " + e, e);
    }
  }
}
