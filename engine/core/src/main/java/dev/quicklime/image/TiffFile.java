package dev.quicklime.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
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

  private final ImageReader reader;
  private final TIFFDirectory directory;
  private final PictureHeader header;

  TiffFile(Bytes file) {
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
    if (reader.getNumImages(true) > 1) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    return new PictureHeader(
        reader.getWidth(0),
        reader.getHeight(0),
        number(BaselineTIFFTagSet.TAG_SAMPLES_PER_PIXEL, 1),
        Exif.valid(number(BaselineTIFFTagSet.TAG_ORIENTATION, Exif.UPRIGHT)),
        notices);
  }

  /** Decodes the pixels as they are stored. */
  Image decode() {
    BufferedImage image;
    try {
      image = reader.read(0);
    } catch (IOException | RuntimeException e) {
      // The reader meets damaged data with whatever exception it runs into.
      throw damaged(e);
    }
    if (image.getColorModel() instanceof IndexColorModel colours) {
      return indexed(image.getRaster(), colours);
    }
    Raster raster = image.getRaster();
    Samples samples =
        new Samples(raster, hasAlpha() ? raster.getNumBands() - 1 : raster.getNumBands());
    if (number(BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION, 0) == CMYK
        && samples.bands() == 4) {
      return samples.fromCmyk();
    }
    return samples.toImage();
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

  private static Image indexed(Raster raster, IndexColorModel colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(width * height, 3)];
    boolean gray = true;
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour = colours.getRGB(raster.getSample(x, y, 0));
        byte red = (byte) (colour >> 16);
        byte green = (byte) (colour >> 8);
        byte blue = (byte) colour;
        gray &= red == green && green == blue;
        rgb[to++] = red;
        rgb[to++] = green;
        rgb[to++] = blue;
      }
    }
    if (!gray) {
      return Image.adopt(width, height, 3, rgb);
    }
    byte[] single = new byte[width * height];
    for (int i = 0; i < single.length; i++) {
      single[i] = rgb[3 * i];
    }
    return Image.adopt(width, height, 1, single);
  }

  private static IllegalArgumentException damaged(Exception cause) {
    return new IllegalArgumentException(
        "a TIFF must be complete and of a kind that can be read, got damaged data"
            + (cause instanceof IOException ? ": " + cause : ""),
        cause);
  }

  @Override
  public void close() {
    reader.dispose();
  }

  /** The first bands of a raster, brought to 0..255 units. */
  private record Samples(Raster raster, int bands) {
    private static final float PER_16_BIT = 257;

    Image toImage() {
      int type = raster.getTransferType();
      return switch (type) {
        case DataBuffer.TYPE_BYTE -> Image.adopt(width(), height(), bands, bytes());
        case DataBuffer.TYPE_USHORT ->
            Image.ofFloat(width(), height(), bands, floats(PER_16_BIT))
                .withNotice(ImageFiles.SIXTEEN_BITS);
        case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> fromFloats();
        default ->
            throw new IllegalArgumentException(
                "a TIFF's samples must be of 8 or 16 bits without sign, or floats, got data type "
                    + type);
      };
    }

    Image fromCmyk() {
      Image inks = toImage();
      float[] cmyk = inks.toFloats();
      float[] rgb = new float[width() * height() * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (255 - cmyk[i / 3 * 4 + i % 3]) * (255 - cmyk[i / 3 * 4 + 3]) / 255;
      }
      Image colours = Image.ofFloat(width(), height(), 3, rgb);
      return (inks.isFloat() ? colours : Image.adopt(width(), height(), 3, colours.toBytes()))
          .withNoticesOf(inks)
          .withNotice("inks (CMYK) turned to RGB without a colour profile");
    }

    private Image fromFloats() {
      float[] values = floats(1);
      float max = 0;
      float min = 0;
      for (float value : values) {
        max = Math.max(max, value);
        min = Math.min(min, value);
      }
      if (min < 0 || max > 1) {
        return Image.ofFloat(width(), height(), bands, values)
            .withNotice("floats taken in units of 0..255, for not all are within 0..1");
      }
      for (int i = 0; i < values.length; i++) {
        values[i] *= 255;
      }
      return Image.ofFloat(width(), height(), bands, values)
          .withNotice("floats within 0..1 multiplied by 255");
    }

    private byte[] bytes() {
      byte[] out = new byte[width() * height() * bands];
      int[] row = new int[width() * raster.getNumBands()];
      int to = 0;
      for (int y = 0; y < height(); y++) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, row);
        for (int x = 0; x < width(); x++) {
          for (int band = 0; band < bands; band++) {
            out[to++] = (byte) row[x * raster.getNumBands() + band];
          }
        }
      }
      return out;
    }

    private float[] floats(float divisor) {
      float[] out = new float[width() * height() * bands];
      float[] row = new float[width() * raster.getNumBands()];
      int to = 0;
      for (int y = 0; y < height(); y++) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, row);
        for (int x = 0; x < width(); x++) {
          for (int band = 0; band < bands; band++) {
            out[to++] = row[x * raster.getNumBands() + band] / divisor;
          }
        }
      }
      return out;
    }

    private int width() {
      return raster.getWidth();
    }

    private int height() {
      return raster.getHeight();
    }
  }
}
