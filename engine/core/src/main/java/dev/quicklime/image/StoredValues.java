package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.BmpFile;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.GifFile;
import dev.quicklime.internal.format.JdkReader;
import dev.quicklime.internal.format.PictureFormat;
import dev.quicklime.internal.format.PngFile;
import dev.quicklime.internal.format.TiffHeader;
import dev.quicklime.internal.format.WebpFile;
import dev.quicklime.internal.opencv.Codec;
import dev.quicklime.internal.opencv.Decoded;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Reads the numbers that a picture stores, before a palette or a scale makes colours of them. */
final class StoredValues {
  /** Up to here every whole number is a float. */
  static final int MOST = 1 << 24;

  private StoredValues() {}

  /** As {@link ImageFiles#readStored} says; messages begin with the name. */
  static Image decode(byte[] file, String name) {
    Decoding.checkLength(file.length, name);
    try {
      Bytes bytes = new Bytes(file);
      Image stored = numbers(bytes);
      return stored == null ? Decoding.decode(file, name, ReadLimits.defaults()) : stored;
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new InvalidInputException(
          message.startsWith(name) ? message : name + ": " + message, e);
    }
  }

  /** The numbers, or null where colours are what is stored. */
  private static @Nullable Image numbers(Bytes bytes) {
    return switch (PictureFormat.of(bytes)) {
      case PNG -> png(new PngFile(bytes));
      case TIFF -> {
        TiffHeader header = TiffHeader.of(bytes);
        Decoding.check(header.picture(), ReadLimits.defaults());
        BufferedImage image = JdkReader.read("tiff", header.plain(bytes));
        Image stored = new TiffSamples(image, header).toStored();
        yield Orientation.apply(stored, header.picture().orientation());
      }
      case BMP -> {
        Decoding.check(new BmpFile(bytes).header(), ReadLimits.defaults());
        BufferedImage image = JdkReader.read("bmp", bytes.data());
        yield image.getColorModel() instanceof IndexColorModel ? indices(image.getRaster()) : null;
      }
      case WEBP -> {
        if (new WebpFile(bytes).isLossy()) {
          throw lossy("a WebP of that kind");
        }
        yield null;
      }
      case GIF -> gif(bytes);
      case JPEG -> throw lossy("a JPEG, which blurs them");
      case HEIF -> throw lossy("a HEIC or AVIF, which may have blurred them");
      case JPEG_2000 -> throw lossy("a JPEG 2000, which may have blurred them");
    };
  }

  private static @Nullable Image png(PngFile png) {
    Decoding.check(png.header(), ReadLimits.defaults());
    int bits = png.bitsOfNumbers();
    if (bits == 0) {
      return null;
    }
    Decoded decoded = Codec.decode(png.numbers());
    float[] values;
    if (decoded.isSixteenBit()) {
      values = decoded.floats(1);
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(values[i] * 257);
      }
    } else {
      byte[] levels = decoded.bytes(1);
      // The decoder spreads few bits over 0..255.
      int step = 255 / ((1 << bits) - 1);
      values = new float[levels.length];
      for (int i = 0; i < values.length; i++) {
        int number = (levels[i] & 0xff) / step;
        values[i] = number;
      }
    }
    Image stored = Image.ofFloat(decoded.width(), decoded.height(), 1, values);
    return Orientation.apply(stored, png.header().orientation());
  }

  private static @Nullable Image gif(Bytes bytes) {
    GifFile gif = new GifFile(bytes);
    Decoding.check(gif.header(), ReadLimits.defaults());
    BufferedImage image = JdkReader.read("gif", bytes.data());
    boolean whole = image.getWidth() == gif.width() && image.getHeight() == gif.height();
    // Where the screen is not covered, some pixels have no place in the palette.
    return whole && image.getColorModel() instanceof IndexColorModel
        ? indices(image.getRaster())
        : null;
  }

  /** Places in a palette. */
  static Image indices(Raster raster) {
    int width = raster.getWidth();
    float[] out = new float[width * raster.getHeight()];
    for (int i = 0; i < out.length; i++) {
      out[i] = raster.getSample(i % width, i / width, 0);
    }
    return Image.ofFloat(width, raster.getHeight(), 1, out);
  }

  private static InvalidInputException lossy(String kind) {
    return new InvalidInputException(
        "must be of a format that keeps every number, such as PNG, got " + kind);
  }
}
