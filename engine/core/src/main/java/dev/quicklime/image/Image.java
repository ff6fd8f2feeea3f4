package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.opencv.GaussianFilter;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture: {@code height × width × channels} values, interleaved, row by row from the
 * top, colours in the order red, green, blue. Values are in 0..255 units, held as unsigned bytes or
 * as floats; floats may leave that range but are always finite.
 */
public final class Image {
  /** The most channels an image can have. */
  public static final int MAX_CHANNELS = 512;

  /** The widest blur, in pixels; past it the filter costs more than it shows. */
  public static final double MAX_SIGMA = 1000;

  private final int width;
  private final int height;
  private final int channels;
  private final byte @Nullable [] bytes;
  private final float @Nullable [] floats;
  private final List<String> notices;

  /** How opaque each pixel is, for models that take it; one channel of the same size. */
  private final @Nullable Image alpha;

  private Image(
      int width,
      int height,
      int channels,
      byte @Nullable [] bytes,
      float @Nullable [] floats,
      List<String> notices,
      @Nullable Image alpha) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bytes = bytes;
    this.floats = floats;
    this.notices = notices;
    this.alpha = alpha;
  }

  /**
   * An 8-bit image of a copy of {@code interleaved}, its bytes taken as unsigned.
   *
   * @throws InvalidInputException if a size is not positive or the array is not {@code
   *     width·height·channels} long
   */
  public static Image of8(int width, int height, int channels, byte[] interleaved) {
    Objects.requireNonNull(interleaved, "interleaved");
    checkSize(width, height, channels, interleaved.length);
    return new Image(width, height, channels, interleaved.clone(), null, List.of(), null);
  }

  /**
   * A float image of a copy of {@code interleaved}, in 0..255 units.
   *
   * @throws InvalidInputException if a size is not positive, the array is not {@code
   *     width·height·channels} long, or a value is not finite
   */
  public static Image ofFloat(int width, int height, int channels, float[] interleaved) {
    Objects.requireNonNull(interleaved, "interleaved");
    checkSize(width, height, channels, interleaved.length);
    float[] copy = interleaved.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!Float.isFinite(copy[i])) {
        throw new InvalidInputException(
            "pixel values must be finite, got %s at x=%s, y=%s, channel %s"
                .formatted(copy[i], i / channels % width, i / channels / width, i % channels));
      }
    }
    return new Image(width, height, channels, null, copy, List.of(), null);
  }

  /**
   * The pixels of an image of Java's own, as {@link ImageFiles#read(java.nio.file.Path)} gives
   * those of a file that holds it.
   *
   * <p>Gray stays one channel, all else becomes RGB; a palette of which only grays are used is
   * gray. Samples of 8 bits stay bytes, those of 16 bits become floats, divided by 257, and floats
   * are multiplied by 255 if all are within 0..1 and are taken as they are in 0..255, as {@link
   * ImageFiles#read(java.nio.file.Path, ReadLimits)} says: all of them as stored, whatever colour
   * profile the image has. What packs its pixels into integers, has other samples or other colours,
   * CMYK for instance, is taken as its colour model shows it in sRGB of 8 bits.
   *
   * <p>Alpha is dropped, with a notice, and the colours are those that the image would have without
   * it: colours that were multiplied by alpha are divided again, and where alpha is 0 they are
   * black; a model of one channel more is given it as its last. To have transparent parts on a
   * background, paint the image onto an opaque one first.
   *
   * @throws InvalidInputException if the image has more values than an array can hold, or one that
   *     is not finite
   */
  public static Image of(BufferedImage picture) {
    Objects.requireNonNull(picture, "picture");
    return BufferedPictures.read(picture);
  }

  /** As {@link #decode(byte[], ReadLimits)}, within {@link ReadLimits#defaults()}. */
  public static Image decode(byte[] file) {
    return decode(file, ReadLimits.defaults());
  }

  /**
   * Decodes what a picture file holds, of any format that its first bytes tell, just as {@link
   * ImageFiles#read(java.nio.file.Path, ReadLimits)} does: turned upright by its EXIF orientation,
   * in RGB, without alpha.
   *
   * @param file all bytes of the file; nothing of the array is kept
   * @throws InvalidInputException if it is empty, cut off, damaged or no such picture, is under
   *     8×8, or over the limits, which is told from its header before anything is decoded
   */
  public static Image decode(byte[] file, ReadLimits limits) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(limits, "limits");
    return Decoding.decode(file, "the picture", limits);
  }

  private static void checkSize(int width, int height, int channels, int length) {
    if (width < 1 || height < 1) {
      throw new InvalidInputException(
          "width and height must be at least 1, got " + width + "×" + height);
    }
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new InvalidInputException(
          "channels must be between 1 and " + MAX_CHANNELS + ", got " + channels);
    }
    // Two ints and 512 fit a long only in steps: 2^31 · 2^31 · 2^9 does not.
    long pixels = (long) width * height;
    if (pixels > Integer.MAX_VALUE || pixels * channels != length) {
      throw new InvalidInputException(
          "an image of %s×%s with %s channels needs as many values, got %s"
              .formatted(width, height, channels, length));
    }
  }

  /** Number of columns of pixels, ≥ 1. */
  public int width() {
    return width;
  }

  /** Number of rows of pixels, ≥ 1. */
  public int height() {
    return height;
  }

  /** Values of one pixel. */
  public int channels() {
    return channels;
  }

  /** Whether the values are floats, not bytes. */
  public boolean isFloat() {
    return floats != null;
  }

  /**
   * One value, in 0..255 units.
   *
   * @throws IndexOutOfBoundsException outside the image
   */
  public float value(int x, int y, int channel) {
    if (x < 0 || x >= width || y < 0 || y >= height || channel < 0 || channel >= channels) {
      throw new IndexOutOfBoundsException(
          "x=%s, y=%s, channel %s is outside an image of %s×%s with %s channels"
              .formatted(x, y, channel, width, height, channels));
    }
    return at((y * width + x) * channels + channel);
  }

  /** A copy of all values as floats, interleaved, in 0..255 units. */
  public float[] toFloats() {
    if (floats != null) {
      return floats.clone();
    }
    float[] out = new float[width * height * channels];
    for (int i = 0; i < out.length; i++) {
      out[i] = at(i);
    }
    return out;
  }

  /**
   * A copy of all values as unsigned bytes, interleaved; floats are rounded to the nearest and
   * clamped to 0..255.
   */
  public byte[] toBytes() {
    return bytes != null ? bytes.clone() : asBytes();
  }

  /** As {@link #toBytes}, but bytes are the image's own: for those who only read them. */
  byte[] asBytes() {
    if (bytes != null) {
      return bytes;
    }
    byte[] out = new byte[width * height * channels];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.clamp(Math.round(at(i)), 0, 255);
    }
    return out;
  }

  /** What was done to the picture on its way from the file, in order; unmodifiable. */
  public List<String> notices() {
    return notices;
  }

  /** The same picture with one more notice. */
  public Image withNotice(String notice) {
    Objects.requireNonNull(notice, "notice");
    List<String> more = new ArrayList<>(notices);
    more.add(notice);
    return new Image(width, height, channels, bytes, floats, List.copyOf(more), alpha);
  }

  /**
   * The picture blurred by a Gaussian, as floats. At the border it is mirrored.
   *
   * @param sigma the Gaussian's standard deviation in pixels, above 0 and at most {@link
   *     #MAX_SIGMA}
   * @throws InvalidInputException if it is not
   */
  public Image blurred(double sigma) {
    if (!(sigma > 0 && sigma <= MAX_SIGMA)) {
      throw new InvalidInputException(
          "sigma must be above 0 and at most " + MAX_SIGMA + ", got " + sigma);
    }
    float[] values = GaussianFilter.blur(toFloats(), width(), height(), channels(), sigma);
    return ofFloat(width(), height(), channels(), values).withNoticesOf(this);
  }

  /** The same picture with these notices put before its own. */
  Image withNoticesOf(Image earlier) {
    List<String> all = new ArrayList<>(earlier.notices);
    all.addAll(notices);
    return new Image(width, height, channels, bytes, floats, List.copyOf(all), alpha);
  }

  /** The same picture with how opaque each pixel is kept beside it. */
  Image withAlpha(@Nullable Image opacity) {
    return new Image(width, height, channels, bytes, floats, notices, opacity);
  }

  /** How opaque each pixel is, of one channel, or null where the source did not say. */
  @Nullable Image alpha() {
    return alpha;
  }

  /** The same picture without a notice. */
  Image withoutNotice(String notice) {
    List<String> others = notices.stream().filter(one -> !one.equals(notice)).toList();
    return new Image(width, height, channels, bytes, floats, others, alpha);
  }

  /** As {@link #of8}, but takes the array over: for arrays that nobody else holds. */
  static Image adopt(int width, int height, int channels, byte[] interleaved) {
    checkSize(width, height, channels, interleaved.length);
    return new Image(width, height, channels, interleaved, null, List.of(), null);
  }

  private float at(int index) {
    if (bytes != null) {
      return bytes[index] & 0xff;
    }
    if (floats != null) {
      return floats[index];
    }
    throw new AssertionError("an image has bytes or floats");
  }

  @Override
  public String toString() {
    return "Image[%s×%s, %s channels, %s]"
        .formatted(width, height, channels, isFloat() ? "float" : "8-bit");
  }
}
