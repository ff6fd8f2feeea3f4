package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * A decoded frame before its samples are colours: interleaved, row by row from the top, chroma
 * repeated for as many pixels as share it. Immutable.
 */
public final class StillFrame {
  private static final int MOST_BITS = 16;

  /** What the first samples of a pixel are; where there is one more, it is alpha. */
  public enum Kind {
    /** One level of gray. */
    GRAY(1),
    /** Red, green and blue. */
    RGB(3),
    /** Luma and two differences of colour. */
    YCBCR(3);

    private final int samples;

    Kind(int samples) {
      this.samples = samples;
    }
  }

  private final int width;
  private final int height;
  private final Kind kind;
  private final boolean alpha;
  private final int bits;
  private final int matrix;
  private final boolean fullRange;
  private final short[] samples;

  private StillFrame(
      int width,
      int height,
      Kind kind,
      boolean alpha,
      int bits,
      int matrix,
      boolean fullRange,
      short[] samples) {
    this.width = width;
    this.height = height;
    this.kind = kind;
    this.alpha = alpha;
    this.bits = bits;
    this.matrix = matrix;
    this.fullRange = fullRange;
    this.samples = samples;
  }

  /**
   * A frame of a copy of its samples.
   *
   * @param alpha whether each pixel has one more sample, how opaque it is
   * @param bits of a sample, 1 to 16
   * @param matrix what made {@link Kind#YCBCR} of colours, a number of ITU-T H.273; 2 for unknown
   * @param fullRange whether samples use all of their bits
   * @param samples interleaved, without sign
   * @throws InvalidInputException if a number is out of its range, or the samples are not as many
   */
  public static StillFrame of(
      int width,
      int height,
      Kind kind,
      boolean alpha,
      int bits,
      int matrix,
      boolean fullRange,
      short[] samples) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(samples, "samples");
    long count = (long) width * height * (kind.samples + (alpha ? 1 : 0));
    if (width < 1 || height < 1 || bits < 1 || bits > MOST_BITS || count != samples.length) {
      throw new InvalidInputException(
          "a frame must have sides of at least 1, 1 to 16 bits and all its samples, got %d×%d of %d bits with %d"
              .formatted(width, height, bits, samples.length));
    }
    return new StillFrame(width, height, kind, alpha, bits, matrix, fullRange, samples.clone());
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** What samples are. */
  public Kind kind() {
    return kind;
  }

  /** Whether the last sample of a pixel is how opaque it is. */
  public boolean hasAlpha() {
    return alpha;
  }

  /** Bits of a sample. */
  public int bits() {
    return bits;
  }

  /** The matrix of {@link Kind#YCBCR}, a number of ITU-T H.273; 2 where it is unknown. */
  public int matrix() {
    return matrix;
  }

  /** Whether samples use all of their bits; else black and white are as in television. */
  public boolean fullRange() {
    return fullRange;
  }

  /** Samples of a pixel, alpha included. */
  public int channels() {
    return kind.samples + (alpha ? 1 : 0);
  }

  /**
   * One sample.
   *
   * @throws IndexOutOfBoundsException outside the frame
   */
  public int sample(int x, int y, int channel) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(channel, channels());
    return samples[(y * width + x) * channels() + channel] & 0xffff;
  }
}
