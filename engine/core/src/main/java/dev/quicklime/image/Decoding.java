package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
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
import dev.quicklime.internal.opencv.Codec;
import dev.quicklime.internal.opencv.Decoded;

/** From the bytes of a picture file, wherever they lay, to the picture. */
final class Decoding {
  static final String SIXTEEN_BITS = "16-bit values kept as floats (divided by 257)";
  private static final int MIN_SIDE = 8;
  private static final int CHANNELS_PER_PIXEL = 4;
  private static final long MAX_BYTES = 1L << 30;

  private Decoding() {}

  /** Refuses what is empty, or larger than any picture file needs to be. */
  static void checkLength(long bytes, String name) {
    if (bytes == 0) {
      throw new InvalidInputException(name + ": must be a picture file, got an empty file");
    }
    if (bytes > MAX_BYTES) {
      throw new InvalidInputException(
          "%s: a picture file must be at most %d bytes, got %d".formatted(name, MAX_BYTES, bytes));
    }
  }

  /**
   * Decodes a picture of any format that is read.
   *
   * @param name what messages begin with
   * @throws InvalidInputException as {@link ImageFiles#read(java.nio.file.Path, ReadLimits)} says
   */
  static Image decode(byte[] file, String name, ReadLimits limits) {
    checkLength(file.length, name);
    try {
      return decode(new Bytes(file), limits);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          name + ": a picture must have sides that can be, got a header that overflows", e);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(name + ": " + oneLine(e), e);
    }
  }

  private static Image decode(Bytes bytes, ReadLimits limits) {
    return switch (PictureFormat.of(bytes)) {
      case PNG -> {
        PngFile png = new PngFile(bytes);
        PictureHeader header = png.header();
        check(header, limits);
        yield finish(Codec.decode(png.essentials()), header, png.isGrayWithAlpha());
      }
      case JPEG -> {
        JpegFile jpeg = new JpegFile(bytes);
        PictureHeader header = jpeg.header();
        check(header, limits);
        yield finish(Codec.decode(jpeg.complete()), header, false);
      }
      case WEBP -> {
        PictureHeader header = new WebpFile(bytes).header();
        check(header, limits);
        yield finish(Codec.decode(bytes.data()), header, false);
      }
      case BMP -> {
        PictureHeader header = new BmpFile(bytes).header();
        check(header, limits);
        yield finish(BmpPixels.decode(bytes), header);
      }
      case GIF -> {
        PictureHeader header = new GifFile(bytes).header();
        check(header, limits);
        yield finish(GifPictures.decode(bytes), header);
      }
      case HEIF -> {
        HeifFile heif = new HeifFile(bytes);
        PictureHeader header = heif.header();
        check(header, limits);
        yield finish(CodedPictures.heif(heif, limits), header);
      }
      case JPEG_2000 -> {
        PictureHeader header = new Jp2File(bytes).header();
        check(header, limits);
        yield finish(CodedPictures.jp2(bytes, limits), header);
      }
      case TIFF -> {
        TiffHeader header = TiffHeader.of(bytes);
        check(header.picture(), limits);
        yield finish(TiffFile.decode(bytes, header), header.picture());
      }
    };
  }

  /** Refuses what is too large to decode, or too small to explain. */
  static void check(PictureHeader header, ReadLimits limits) {
    long width = header.width();
    long height = header.height();
    int channels = header.channels();
    if (width < MIN_SIDE || height < MIN_SIDE) {
      throw new InvalidInputException(
          "a picture must be at least %d×%d, got %d×%d"
              .formatted(MIN_SIDE, MIN_SIDE, width, height));
    }
    // Neither side exceeds 2^32 in any format, but their product may exceed a long.
    if (width > limits.maxPixels() / height) {
      throw new InvalidInputException(
          "a picture must have at most %d pixels, got %d×%d"
              .formatted(limits.maxPixels(), width, height));
    }
    if (channels < 1 || channels > Image.MAX_CHANNELS) {
      throw new InvalidInputException(
          "a picture must have between 1 and %d channels, got %d"
              .formatted(Image.MAX_CHANNELS, channels));
    }
    long values = width * height * channels;
    if (values > Integer.MAX_VALUE || values / CHANNELS_PER_PIXEL > limits.maxPixels()) {
      throw new InvalidInputException(
          "a picture must have at most %d values, got %d×%d with %d channels"
              .formatted(
                  Math.min(Integer.MAX_VALUE, limits.maxPixels() * CHANNELS_PER_PIXEL),
                  width,
                  height,
                  channels));
    }
    ReadBudget.heap("a picture of %d×%d".formatted(header.width(), header.height()), values);
  }

  /**
   * Puts aside what the decoder has added or alpha has left: four channels are three, of gray one.
   */
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
    boolean alpha =
        decoded.channels() == 4 && header.notices().contains(PictureHeader.ALPHA_DROPPED);
    return finish(alpha ? image.withAlpha(alpha(decoded)) : image, header);
  }

  /** The last channel, alone. */
  private static Image alpha(Decoded decoded) {
    int pixels = decoded.width() * decoded.height();
    if (decoded.isSixteenBit()) {
      float[] all = decoded.floats(4);
      float[] values = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        values[i] = all[4 * i + 3];
      }
      return Image.ofFloat(decoded.width(), decoded.height(), 1, values);
    }
    byte[] all = decoded.bytes(4);
    byte[] values = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      values[i] = all[4 * i + 3];
    }
    return Image.adopt(decoded.width(), decoded.height(), 1, values);
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
