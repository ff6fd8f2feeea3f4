package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
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
