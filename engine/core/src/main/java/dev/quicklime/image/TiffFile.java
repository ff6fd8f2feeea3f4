package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A TIFF, read by the JDK's own reader. The native one refuses more than four channels, drops the
 * second of two, and gives black where compressed data is damaged; this one does none of that.
 */
final class TiffFile implements AutoCloseable {
  private static final int CMYK = 5;

  /** A tile may be larger than a picture that is smaller than it. */
  private static final int LARGEST_TILE = 1024;

  private final Bytes file;
  private final ImageReader reader;
  private final TIFFDirectory directory;
  private final PictureHeader header;

  TiffFile(Bytes file) {
    this.file = file;
    reader = ImageIO.getImageReadersByFormatName("tiff").next();
    boolean opened = false;
    try {
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(file.data())), false, false);
      IIOMetadata metadata = reader.getImageMetadata(0);
      directory = TIFFDirectory.createFromMetadata(metadata);
      header = readHeader();
      opened = true;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    } finally {
      if (!opened) {
        reader.dispose();
      }
    }
  }

  PictureHeader header() {
    return header;
  }

  private PictureHeader readHeader() throws IOException {
    List<String> notices = new ArrayList<>();
    if (hasAlpha()) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (hasSecond()) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    return new PictureHeader(
        reader.getWidth(0),
        reader.getHeight(0),
        number(BaselineTIFFTagSet.TAG_SAMPLES_PER_PIXEL, 1),
        Exif.valid(number(BaselineTIFFTagSet.TAG_ORIENTATION, Exif.UPRIGHT)),
        notices);
  }

  /**
   * Whether the first directory leads to another one. The reader would count all of them, which has
   * no end where the last leads back to the first.
   */
  private boolean hasSecond() {
    boolean little = file.u8(0) == 'I';
    long first = little ? file.u32le(4) : file.u32be(4);
    long end = first + 2 + 12L * (little ? file.u16le(first) : file.u16be(first));
    long next = little ? file.u32le(end) : file.u32be(end);
    return next != 0 && next + 2 <= file.length();
  }

  /**
   * Refuses parts that the reader would allocate before it sees that they are not there: packed
   * ones that are longer than the file, and tiles that are larger than the picture must be.
   */
  private void checkParts() throws IOException {
    for (int tag :
        new int[] {
          BaselineTIFFTagSet.TAG_STRIP_BYTE_COUNTS, BaselineTIFFTagSet.TAG_TILE_BYTE_COUNTS
        }) {
      TIFFField counts = directory.getTIFFField(tag);
      for (int i = 0; counts != null && i < counts.getCount(); i++) {
        long bytes = counts.getAsLong(i);
        if (bytes < 0 || bytes > file.length()) {
          throw new InvalidInputException(
              "a TIFF's parts must lie within its %s bytes, got one of %s"
                  .formatted(file.length(), bytes));
        }
      }
    }
    long values = header.width() * header.height() * header.channels();
    long raw = values * mostBits() / Byte.SIZE;
    if (raw / growth(number(BaselineTIFFTagSet.TAG_COMPRESSION, 1)) > file.length()) {
      throw new InvalidInputException(
          "a TIFF of %s bytes cannot hold %s×%s pixels of %s samples"
              .formatted(file.length(), header.width(), header.height(), header.channels()));
    }
    // As they are stored, as the reader hands them out, and as the picture keeps them.
    ReadBudget.heap(
        "a TIFF of %s×%s".formatted(header.width(), header.height()),
        2 * Math.max(raw, values) + values * Float.BYTES);
    long width = reader.getTileWidth(0);
    long height = reader.getTileHeight(0);
    if (width < 1
        || height < 1
        || width > header.width() + LARGEST_TILE
        || height > header.height() + LARGEST_TILE) {
      throw new InvalidInputException(
          "a TIFF's tiles must be as large as its picture at most, got %s×%s for %s×%s"
              .formatted(width, height, header.width(), header.height()));
    }
  }

  /** Bits of the largest of a pixel's samples. */
  private int mostBits() {
    TIFFField field = directory.getTIFFField(BaselineTIFFTagSet.TAG_BITS_PER_SAMPLE);
    int most = 1;
    for (int i = 0; field != null && i < field.getCount(); i++) {
      int bits = field.getAsInt(i);
      if (bits < 1 || bits > Long.SIZE) {
        throw new InvalidInputException("a TIFF's samples must have 1 to 64 bits, got " + bits);
      }
      most = Math.max(most, bits);
    }
    return most;
  }

  /** How many bytes one byte of packed pixels becomes at most. */
  private static int growth(int compression) {
    return switch (compression) {
      case BaselineTIFFTagSet.COMPRESSION_NONE -> 1;
      case BaselineTIFFTagSet.COMPRESSION_PACKBITS -> 64;
      case BaselineTIFFTagSet.COMPRESSION_DEFLATE, BaselineTIFFTagSet.COMPRESSION_ZLIB -> 1032;
      // Codes of 9 to 12 bits stand for up to 4096 bytes; of a fax a bit can be a row of white.
      default -> 1 << 16;
    };
  }

  /** Decodes the pixels as they are stored. */
  Image decode() {
    BufferedImage image;
    try {
      checkParts();
      image = reader.read(0);
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The reader meets damaged data with whatever exception it runs into.
      throw damaged(e);
    }
    if (image.getColorModel() instanceof IndexColorModel colours) {
      return RasterSamples.indexed(image.getRaster(), colours);
    }
    Raster raster = image.getRaster();
    RasterSamples samples =
        new RasterSamples(raster, hasAlpha() ? raster.getNumBands() - 1 : raster.getNumBands());
    if (number(BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION, 0) == CMYK
        && samples.bands() == 4) {
      return samples.fromCmyk();
    }
    return hasAlpha() ? samples.toImage().withAlpha(alpha(raster)) : samples.toImage();
  }

  private static Image alpha(Raster raster) {
    Raster last =
        raster.createChild(
            raster.getMinX(),
            raster.getMinY(),
            raster.getWidth(),
            raster.getHeight(),
            raster.getMinX(),
            raster.getMinY(),
            new int[] {raster.getNumBands() - 1});
    return new RasterSamples(last, 1).toImage();
  }

  private boolean hasAlpha() {
    TIFFField extra = directory.getTIFFField(BaselineTIFFTagSet.TAG_EXTRA_SAMPLES);
    if (extra == null || extra.getCount() < 1) {
      return false;
    }
    // The last sample only: alpha anywhere else is a channel like others.
    int last = extra.getAsInt(extra.getCount() - 1);
    return last == BaselineTIFFTagSet.EXTRA_SAMPLES_ASSOCIATED_ALPHA
        || last == BaselineTIFFTagSet.EXTRA_SAMPLES_UNASSOCIATED_ALPHA;
  }

  private int number(int tag, int otherwise) {
    TIFFField field = directory.getTIFFField(tag);
    return field == null || field.getCount() < 1 ? otherwise : field.getAsInt(0);
  }

  private static InvalidInputException damaged(Exception cause) {
    return new InvalidInputException(
        "a TIFF must be complete and of a kind that can be read, got damaged data"
            + (cause instanceof IOException ? ": " + cause : ""),
        cause);
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
