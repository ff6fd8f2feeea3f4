package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the first directory of a TIFF says, and whether its pixels can be read exactly.
 *
 * @param picture size, channels, orientation and notices
 * @param samples what a sample is
 * @param bits of a sample
 * @param photometric how samples make colours, a number of the format's
 * @param predictor whether samples are stored as differences from the one to their left
 * @param alpha whether the last sample is how opaque a pixel is
 * @param multiplied whether colours are stored multiplied by alpha
 * @param tileWidth columns of a tile, or of the picture where it is in strips
 */
public record TiffHeader(
    PictureHeader picture,
    Samples samples,
    int bits,
    int photometric,
    boolean predictor,
    boolean alpha,
    boolean multiplied,
    int tileWidth) {

  /** What bits of a sample mean. */
  public enum Samples {
    UNSIGNED("unsigned integers"),
    SIGNED("signed integers"),
    FLOAT("floats");

    private final String words;

    Samples(String words) {
      this.words = words;
    }
  }

  /** Zero is white; the JDK's reader turns such samples over where they have up to 8 bits. */
  public static final int WHITE_IS_ZERO = 0;

  /** Inks: cyan, magenta, yellow and black. */
  public static final int CMYK = 5;

  /** Places in a palette. */
  public static final int PALETTE = 3;

  private static final int YCBCR = 6;
  private static final int SEPARATE_PLANES = 2;
  private static final int NO_PREDICTOR = 1;
  private static final int HORIZONTAL = 2;
  private static final String RESAVE =
      "; \"gdal_translate -ot Byte -scale IN.tif OUT.tif\" makes one that is";

  /**
   * Reads the first directory.
   *
   * @throws InvalidInputException if the file is damaged, or of a kind that would not be read
   *     exactly; the message names the kind
   */
  public static TiffHeader of(Bytes file) {
    TiffDirectory fields = TiffDirectory.first(file);
    TiffKinds.check(file, fields);
    int channels = (int) fields.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    int bits = bits(fields, channels);
    Samples samples = samples(fields, channels, bits);
    int photometric = (int) fields.number(TiffDirectory.PHOTOMETRIC, 1);
    int predictor =
        TiffKinds.hasPredictor(fields)
            ? (int) fields.number(TiffDirectory.PREDICTOR, NO_PREDICTOR)
            : NO_PREDICTOR;
    boolean planes = fields.number(TiffDirectory.PLANES, 1) == SEPARATE_PLANES;
    checkColours(photometric, samples, bits, channels, planes);
    if (predictor < NO_PREDICTOR
        || predictor > HORIZONTAL
        || (predictor == HORIZONTAL && bits != 8 && bits != 16 && bits != 32)) {
      throw refused(
          "samples must be stored as they are, or as differences of 8, 16 or 32 bits",
          "predictor " + predictor + " with " + bits + " bits",
          TiffKinds.RECOMPRESS);
    }
    long[] extra = fields.numbers(TiffDirectory.EXTRA_SAMPLES);
    // The last sample only: alpha anywhere else is a channel like others.
    long last = extra.length == 0 ? 0 : extra[extra.length - 1];
    boolean alpha = (last == 1 || last == 2) && channels > 1;
    if (alpha && samples != Samples.FLOAT && (samples == Samples.SIGNED || bits == 32)) {
      throw refused(
          "alpha must be of up to 16 bits without sign, or floats",
          "alpha of " + bits + "-bit " + samples.words,
          RESAVE);
    }
    List<String> notices = new ArrayList<>();
    if (alpha) {
      notices.add(PictureHeader.ALPHA_DROPPED);
    }
    if (fields.next() != 0 || fields.number(TiffDirectory.DEPTH, 1) > 1) {
      notices.add(PictureHeader.FIRST_FRAME);
    }
    long width = fields.number(TiffDirectory.WIDTH, 0);
    PictureHeader picture =
        new PictureHeader(
            width,
            fields.number(TiffDirectory.HEIGHT, 0),
            channels,
            Exif.valid((int) fields.number(TiffDirectory.ORIENTATION, Exif.UPRIGHT)),
            notices);
    int tile = (int) Math.min(Integer.MAX_VALUE, fields.number(TiffDirectory.TILE_WIDTH, width));
    return new TiffHeader(
        picture,
        samples,
        bits,
        photometric,
        predictor == HORIZONTAL,
        alpha,
        alpha && last == 1,
        Math.max(1, tile));
  }

  /**
   * Whether a decoder is to give 16 or 32 bits of a sample as they are stored: then what they mean,
   * differences and white as zero are this reader's caller's.
   */
  public boolean isRaw() {
    return bits == 16 || bits == 32;
  }

  /**
   * The same file with samples that are called unsigned, of which zero is black and none is a
   * difference, where {@link #isRaw()}; signed ones of 8 bits are called unsigned too. So a decoder
   * gives the bits as they are.
   *
   * @throws InvalidInputException if its parts claim more than there is
   */
  public byte[] plain(Bytes file) {
    TiffParts.check(file, this);
    TiffDirectory fields = TiffDirectory.first(file);
    byte[] copy = file.data().clone();
    if (samples != Samples.UNSIGNED && bits <= 32) {
      fields.replace(copy, TiffDirectory.SAMPLE_FORMAT, 1);
    }
    if (isRaw()) {
      fields.replace(copy, TiffDirectory.PREDICTOR, NO_PREDICTOR);
      if (photometric == WHITE_IS_ZERO) {
        fields.replace(copy, TiffDirectory.PHOTOMETRIC, 1);
      }
    }
    return copy;
  }

  /**
   * The palette: red, green and blue of each place. Writers multiply bytes by 257 or by 256, and
   * the upper byte is right for both; some leave them as they are.
   *
   * @throws InvalidInputException if it has not as many colours as there are numbers
   */
  public static byte[] palette(Bytes file) {
    TiffDirectory fields = TiffDirectory.first(file);
    long[] map = fields.numbers(TiffDirectory.COLOUR_MAP);
    long bits = fields.number(TiffDirectory.BITS_PER_SAMPLE, 1);
    int count = map.length / 3;
    if (bits > 16 || map.length != 3L << bits) {
      throw new InvalidInputException(
          "a TIFF's palette of %s bits must have %s numbers, got %s"
              .formatted(bits, 3L << Math.min(bits, 16), map.length));
    }
    boolean bytes = Arrays.stream(map).allMatch(value -> value < 256);
    byte[] rgb = new byte[map.length];
    for (int i = 0; i < rgb.length; i++) {
      long value = map[i % 3 * count + i / 3];
      rgb[i] = (byte) (bytes ? value : value >> 8);
    }
    return rgb;
  }

  /** What samples are, in words. */
  public String words() {
    return bits + "-bit " + samples.words;
  }

  private static int bits(TiffDirectory fields, int channels) {
    long[] each = fields.numbers(TiffDirectory.BITS_PER_SAMPLE);
    long bits = each.length == 0 ? 1 : each[0];
    for (long other : each) {
      if (other != bits) {
        throw refused(
            "all samples of a pixel must have as many bits",
            bits + " and " + other + " bits in " + channels + " samples",
            RESAVE);
      }
    }
    return (int) Math.min(bits, Integer.MAX_VALUE);
  }

  private static Samples samples(TiffDirectory fields, int channels, int bits) {
    long[] formats = fields.numbers(TiffDirectory.SAMPLE_FORMAT);
    long format = formats.length == 0 ? 1 : formats[0];
    for (long other : formats) {
      if (other != format) {
        throw refused(
            "all samples of a pixel must be of one type",
            "sample formats " + format + " and " + other + " in " + channels + " samples",
            RESAVE);
      }
    }
    String name =
        switch ((int) Math.min(format, 7)) {
          // Undefined is what writers before floats put down for integers.
          case 1, 4 -> Samples.UNSIGNED.words;
          case 2 -> Samples.SIGNED.words;
          case 3 -> Samples.FLOAT.words;
          case 5 -> "complex integers";
          case 6 -> "complex floats";
          default -> "samples of the unknown format " + format;
        };
    Samples samples = format == 2 ? Samples.SIGNED : format == 3 ? Samples.FLOAT : Samples.UNSIGNED;
    boolean exact =
        switch (samples) {
          case UNSIGNED -> (bits >= 1 && bits <= 16) || bits == 32;
          case SIGNED -> bits == 8 || bits == 16 || bits == 32;
          case FLOAT -> bits == 16 || bits == 32 || bits == 64;
        };
    if (!exact || format == 5 || format == 6 || format > 6 || format < 1) {
      throw refused(
          "samples must be integers of 1 to 16 or 32 bits, with a sign of 8, 16 or 32, or floats"
              + " of 16, 32 or 64",
          bits + "-bit " + name,
          RESAVE);
    }
    return samples;
  }

  private static void checkColours(
      int photometric, Samples samples, int bits, int channels, boolean planes) {
    boolean plain = samples == Samples.UNSIGNED && bits <= 8;
    if (photometric == WHITE_IS_ZERO
        && (samples == Samples.FLOAT
            || (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16 && bits != 32))) {
      throw refused(
          "samples of which zero is white must be integers of 1, 2, 4, 8, 16 or 32 bits",
          bits + "-bit " + samples.words,
          RESAVE);
    }
    if (photometric == YCBCR && (!plain || bits != 8 || channels != 3 || planes)) {
      throw refused(
          "YCbCr must be of three samples of 8 bits, side by side",
          channels + " of " + bits + " bits" + (planes ? " in planes" : ""),
          RESAVE);
    }
    if (photometric == PALETTE && (samples != Samples.UNSIGNED || channels != 1 || bits > 16)) {
      throw refused(
          "a palette goes with one unsigned sample of up to 16 bits",
          channels + " " + bits + "-bit " + samples.words,
          RESAVE);
    }
    if (photometric == CMYK
        && (samples == Samples.SIGNED || bits < 8 || (samples == Samples.UNSIGNED && bits > 16))) {
      throw refused(
          "inks must be of 8 to 16 bits without sign, or floats",
          bits + "-bit " + samples.words,
          RESAVE);
    }
  }

  static InvalidInputException refused(String rule, String got, String remedy) {
    return new InvalidInputException("a TIFF's " + rule + ", got " + got + remedy);
  }
}
