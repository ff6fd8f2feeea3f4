package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.TiffHeader;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** From the bits that the JDK's reader gives for samples of a TIFF to a picture. */
final class TiffSamples {
  private static final int BYTE = 8;
  private static final int SHORT = 16;

  private final BufferedImage image;
  private final Raster raster;
  private final TiffHeader header;
  private final int width;
  private final int height;
  private final int bands;

  TiffSamples(BufferedImage image, TiffHeader header) {
    this.image = image;
    this.header = header;
    raster = image.getRaster();
    width = raster.getWidth();
    height = raster.getHeight();
    bands = raster.getNumBands();
  }

  /**
   * The picture.
   *
   * @throws InvalidInputException if the reader found another picture than the header tells of
   */
  Image toImage() {
    check();
    if (image.getColorModel() instanceof IndexColorModel colours) {
      return RasterSamples.indexed(raster, colours);
    }
    if (header.samples() == TiffHeader.Samples.UNSIGNED && header.bits() == BYTE) {
      return finished(Image.adopt(width, height, bands, bytes()));
    }
    if (header.samples() == TiffHeader.Samples.FLOAT) {
      return finished(
          FloatUnits.image(width, height, bands, header.alpha() ? bands - 1 : bands, floats()));
    }
    if (header.samples() == TiffHeader.Samples.SIGNED || header.bits() > SHORT) {
      return ranged(integers());
    }
    return finished(unsigned(integers()));
  }

  /**
   * The numbers that are stored, places in a palette included, in no units; alpha is left out.
   *
   * @throws InvalidInputException if they are not all whole and exact as floats
   */
  Image toStored() {
    check();
    boolean turned = header.photometric() == TiffHeader.WHITE_IS_ZERO;
    if (image.getColorModel() instanceof IndexColorModel) {
      Image places = StoredValues.indices(raster);
      float[] values = places.toFloats();
      for (int i = 0; turned && i < values.length; i++) {
        values[i] = (1 << header.bits()) - 1 - values[i];
      }
      return Image.ofFloat(width, height, 1, values);
    }
    boolean unsigned = header.samples() == TiffHeader.Samples.UNSIGNED;
    double[] values = new double[width * height * bands];
    if (header.samples() == TiffHeader.Samples.FLOAT) {
      float[] floats = floats();
      Arrays.setAll(values, i -> floats[i]);
    } else {
      int[] integers = integers();
      // What means white is no less a number: turned back.
      long all = (1L << header.bits()) - 1;
      Arrays.setAll(
          values,
          i -> {
            int value = turned ? ~integers[i] : integers[i];
            return unsigned ? value & all : value;
          });
    }
    int keep = header.alpha() ? bands - 1 : bands;
    float[] out = new float[width * height * keep];
    for (int i = 0; i < out.length; i++) {
      double value = values[i / keep * bands + i % keep];
      if (Math.rint(value) != value || Math.abs(value) > StoredValues.MOST) {
        throw new InvalidInputException(
            "numbers must be whole and at most %s, got %s".formatted(StoredValues.MOST, value));
      }
      out[i] = (float) value;
    }
    return Image.ofFloat(width, height, keep, out);
  }

  private void check() {
    if (width != header.picture().width()
        || height != header.picture().height()
        || (bands != header.picture().channels())) {
      throw new InvalidInputException(
          "a TIFF must hold what its header says, got %s×%s with %s channels for %s×%s with %s"
              .formatted(
                  width,
                  height,
                  bands,
                  header.picture().width(),
                  header.picture().height(),
                  header.picture().channels()));
    }
  }

  private byte[] bytes() {
    byte[] out = new byte[width * height * bands];
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        out[y * row.length + i] = (byte) row[i];
      }
    }
    return out;
  }

  /** Samples of which the highest is 255; floats where they are between those of 8 bits. */
  private Image unsigned(int[] values) {
    int bits = header.bits();
    int most = (1 << bits) - 1;
    if (255 % most == 0) {
      byte[] exact = new byte[values.length];
      for (int i = 0; i < exact.length; i++) {
        exact[i] = (byte) (values[i] * (255 / most));
      }
      return Image.adopt(width, height, bands, exact);
    }
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bits == SHORT ? values[i] / 257f : values[i] * 255f / most;
    }
    return Image.ofFloat(width, height, bands, out)
        .withNotice(
            bits == SHORT
                ? Decoding.SIXTEEN_BITS
                : bits + "-bit values kept as floats (0 to " + most + " is 0 to 255)");
  }

  /** Samples whose type has no white: the least becomes 0, the largest 255. */
  private Image ranged(int[] values) {
    boolean signed = header.samples() == TiffHeader.Samples.SIGNED;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int bits : values) {
      long value = signed ? bits : Integer.toUnsignedLong(bits);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double scale = most > least ? 255.0 / (most - least) : 0;
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      long value = signed ? values[i] : Integer.toUnsignedLong(values[i]);
      out[i] = (float) ((value - least) * scale);
    }
    return Image.ofFloat(width, height, bands, out)
        .withNotice("%s from %s to %s scaled to 0..255".formatted(header.words(), least, most));
  }

  /** Floats of any width. */
  private float[] floats() {
    if (header.isRaw()) {
      int[] bits = stored();
      float[] out = new float[bits.length];
      for (int i = 0; i < out.length; i++) {
        out[i] =
            header.bits() == SHORT
                ? Float.float16ToFloat((short) bits[i])
                : Float.intBitsToFloat(bits[i]);
      }
      return out;
    }
    float[] out = new float[width * height * bands];
    double[] row = new double[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        float value = (float) row[i];
        if (Float.isInfinite(value) && Double.isFinite(row[i])) {
          throw new InvalidInputException(
              "floats must be within 0..1 or 0..255, got %s at x=%s, y=%s; divide or clip them"
                  .formatted(row[i], i / bands, y));
        }
        out[y * row.length + i] = value;
      }
    }
    return out;
  }

  /** Integers of up to 32 bits; those of 32 without sign have the bits of an int. */
  private int[] integers() {
    int[] values = stored();
    boolean signed = header.samples() == TiffHeader.Samples.SIGNED;
    boolean white = header.isRaw() && header.photometric() == TiffHeader.WHITE_IS_ZERO;
    // Rows of plain samples, unlike packed ones, are filled up to 8 or 16 bits by the reader.
    int read =
        header.bits() < SHORT && raster.getSampleModel() instanceof ComponentSampleModel
            ? DataBuffer.getDataTypeSize(raster.getTransferType())
            : header.bits();
    int unused = Integer.SIZE - read;
    for (int i = 0; i < values.length; i++) {
      int value = (white ? ~values[i] : values[i]) << unused;
      values[i] = (signed ? value >> unused : value >>> unused) >> (read - header.bits());
    }
    return values;
  }

  /** Samples as they lie in the file, but for differences, which are summed up. */
  private int[] stored() {
    int[] values =
        raster.getPixels(raster.getMinX(), raster.getMinY(), width, height, (int[]) null);
    if (header.isRaw() && header.predictor()) {
      for (int i = 0; i < values.length; i++) {
        int x = i / bands % width;
        if (x % header.tileWidth() != 0) {
          values[i] += values[i - bands];
        }
      }
    }
    return values;
  }

  /** With inks turned to colours, and alpha put aside. */
  private Image finished(Image all) {
    if (header.photometric() == TiffHeader.CMYK && bands - (header.alpha() ? 1 : 0) == 4) {
      return RasterSamples.fromCmyk(header.alpha() ? split(all, 4) : all);
    }
    if (!header.alpha()) {
      return all;
    }
    Image colours = split(all, bands - 1);
    Image alpha = channel(all, bands - 1);
    return (header.multiplied() ? divided(colours, alpha) : colours).withAlpha(alpha);
  }

  private static Image split(Image all, int keep) {
    float[] values = all.toFloats();
    float[] out = new float[all.width() * all.height() * keep];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i / keep * all.channels() + i % keep];
    }
    return typed(all, keep, out);
  }

  private static Image channel(Image all, int channel) {
    float[] values = all.toFloats();
    float[] out = new float[all.width() * all.height()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i * all.channels() + channel];
    }
    return typed(all, 1, out);
  }

  /** Colours that were multiplied by alpha, as they are without it; black where nothing is left. */
  private static Image divided(Image colours, Image alpha) {
    float[] out = colours.toFloats();
    float[] opacity = alpha.toFloats();
    for (int i = 0; i < out.length; i++) {
      float share = opacity[i / colours.channels()];
      out[i] = share > 0 ? Math.clamp(out[i] * 255 / share, 0, 255) : 0;
    }
    return typed(colours, colours.channels(), out);
  }

  private static Image typed(Image like, int channels, float[] values) {
    Image image = Image.ofFloat(like.width(), like.height(), channels, values);
    return (like.isFloat()
            ? image
            : Image.adopt(like.width(), like.height(), channels, image.toBytes()))
        .withNoticesOf(like);
  }
}
