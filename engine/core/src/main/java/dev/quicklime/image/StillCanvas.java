package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.HeifFile.Colours;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is put together from frames. Colours are found by the definitions of ITU-T H.273:
 * with Kr and Kb of the matrix and full range R = Y + 2(1−Kr)·Cr, B = Y + 2(1−Kb)·Cb and G from the
 * luma that is left.
 */
final class StillCanvas {
  private static final int IDENTITY = 0;
  private static final int BT_709 = 1;
  private static final int BT_2020 = 9;
  private static final int SMPTE_240 = 7;
  private static final int FCC = 4;

  private final int width;
  private final int height;
  private final int pixels;
  private int channels;
  private int bits;

  /** Of more than 8 bits. */
  private float[] floats = {};

  /** Of up to 8 bits, so that a photograph takes a byte for each value and no more. */
  private byte[] bytes = {};

  /** A canvas of a size whose pixels an array can hold four times. */
  StillCanvas(int width, int height) {
    this.width = width;
    this.height = height;
    pixels = Math.multiplyExact(width, height);
  }

  /**
   * Puts a frame down; what lies beyond the canvas is left out.
   *
   * @param colours what the file says, before what the frame does
   * @throws InvalidInputException if the frame is of other samples than the first
   */
  void put(StillFrame frame, int left, int top, @Nullable Colours colours) {
    int matrix = colours == null || colours.matrix() == 2 ? frame.matrix() : colours.matrix();
    boolean full = colours == null ? frame.fullRange() : colours.fullRange();
    if (channels == 0) {
      channels = frame.channels();
      bits = frame.bits();
      int count = Math.multiplyExact(pixels, channels);
      floats = new float[isFloat() ? count : 0];
      bytes = new byte[isFloat() ? 0 : count];
    }
    if (frame.channels() != channels || frame.bits() != bits) {
      throw new InvalidInputException(
          "all tiles must have as many samples and bits, got %s of %s after %s of %s"
              .formatted(frame.channels(), frame.bits(), channels, bits));
    }
    Colour colour = new Colour(frame, matrix, full);
    float[] pixel = new float[channels];
    int right = Math.min(width - left, frame.width());
    int bottom = Math.min(height - top, frame.height());
    for (int y = 0; y < bottom; y++) {
      for (int x = 0; x < right; x++) {
        colour.put(x, y, pixel);
        int at = ((top + y) * width + left + x) * channels;
        for (int c = 0; c < channels; c++) {
          if (isFloat()) {
            floats[at + c] = pixel[c];
          } else {
            bytes[at + c] = (byte) Math.round(pixel[c]);
          }
        }
      }
    }
  }

  private boolean isFloat() {
    return bits > 8;
  }

  /** The picture; bytes where samples had up to 8 bits. To be asked for once. */
  Image image() {
    if (channels == 0) {
      throw new InvalidInputException("a picture must have a frame, got none");
    }
    int keep = channels % 2 == 0 ? channels - 1 : channels;
    Image image = part(0, keep);
    if (isFloat()) {
      image = image.withNotice(bits + "-bit values kept as floats");
    }
    return keep == channels ? image : image.withAlpha(part(keep, 1));
  }

  private Image part(int from, int count) {
    if (isFloat()) {
      float[] out = new float[pixels * count];
      for (int i = 0; i < out.length; i++) {
        out[i] = floats[i / count * channels + from + i % count];
      }
      return Image.ofFloat(width, height, count, out);
    }
    if (count == channels) {
      return Image.adopt(width, height, count, bytes);
    }
    byte[] out = new byte[pixels * count];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i / count * channels + from + i % count];
    }
    return Image.adopt(width, height, count, out);
  }

  /** From the samples of a frame to numbers in 0..255 units. */
  private static final class Colour {
    private final StillFrame frame;
    private final boolean identity;
    private final float black;
    private final float luma;
    private final float middle;
    private final float chroma;
    private final float redOfCr;
    private final float blueOfCb;
    private final float greenOfCb;
    private final float greenOfCr;
    private final float alpha;

    Colour(StillFrame frame, int matrix, boolean full) {
      this.frame = frame;
      identity = frame.kind() != StillFrame.Kind.YCBCR || matrix == IDENTITY;
      int most = (1 << frame.bits()) - 1;
      float unit = 1 << Math.max(0, frame.bits() - 8);
      black = full ? 0 : 16 * unit;
      luma = full ? 255f / most : 255 / (219 * unit);
      middle = 1 << (frame.bits() - 1);
      chroma = full ? 255f / most : 255 / (224 * unit);
      alpha = 255f / most;
      double kr = kr(matrix);
      double kb = kb(matrix);
      redOfCr = (float) (2 * (1 - kr));
      blueOfCb = (float) (2 * (1 - kb));
      greenOfCb = (float) (2 * kb * (1 - kb) / (1 - kr - kb));
      greenOfCr = (float) (2 * kr * (1 - kr) / (1 - kr - kb));
    }

    private static double kr(int matrix) {
      return switch (matrix) {
        case BT_709 -> 0.2126;
        case FCC -> 0.30;
        case SMPTE_240 -> 0.212;
        case BT_2020 -> 0.2627;
        default -> 0.299;
      };
    }

    private static double kb(int matrix) {
      return switch (matrix) {
        case BT_709 -> 0.0722;
        case FCC -> 0.11;
        case SMPTE_240 -> 0.087;
        case BT_2020 -> 0.0593;
        default -> 0.114;
      };
    }

    void put(int x, int y, float[] out) {
      if (frame.kind() == StillFrame.Kind.GRAY) {
        out[0] = level(frame.sample(x, y, 0));
      } else if (frame.kind() == StillFrame.Kind.RGB) {
        for (int c = 0; c < 3; c++) {
          out[c] = level(frame.sample(x, y, c));
        }
      } else if (identity) {
        // The matrix that is none: green, blue and red.
        out[0] = level(frame.sample(x, y, 2));
        out[1] = level(frame.sample(x, y, 0));
        out[2] = level(frame.sample(x, y, 1));
      } else {
        float light = (frame.sample(x, y, 0) - black) * luma;
        float cb = (frame.sample(x, y, 1) - middle) * chroma;
        float cr = (frame.sample(x, y, 2) - middle) * chroma;
        out[0] = Math.clamp(light + redOfCr * cr, 0, 255);
        out[1] = Math.clamp(light - greenOfCb * cb - greenOfCr * cr, 0, 255);
        out[2] = Math.clamp(light + blueOfCb * cb, 0, 255);
      }
      if (frame.hasAlpha()) {
        int last = frame.channels() - 1;
        out[last] = frame.sample(x, y, last) * alpha;
      }
    }

    private float level(int sample) {
      return Math.clamp((sample - black) * luma, 0, 255);
    }
  }
}
