package dev.quicklime.image;

import java.util.Arrays;

/**
 * Scales interleaved pixels as Pillow does: along the rows first, then along the columns, with a
 * filter that is as wide as the axis shrinks. Bytes are computed in whole numbers with weights of
 * 22 bits and are rounded to bytes between the passes, so that they are those of Pillow to the bit;
 * floats are computed in double precision.
 *
 * <p>Only what is kept is computed: of the scaled picture a window, and of the rows between the
 * passes as many as one row of the result is made of. So a picture of any shape may be scaled to
 * any size, as long as the window fits into memory.
 */
final class Resampler {

  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  private final Axis columns;
  private final Axis rows;

  /**
   * Scales to what two axes keep.
   *
   * @param columns how columns are made of columns
   * @param rows how rows are made of rows
   */
  Resampler(Axis columns, Axis rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * How the kept places of one axis are made: place i is the sum of {@code counts[i]} source places
   * from {@code firsts[i]} on, weighted by what begins at {@code i·taps}. {@code firsts} never
   * falls.
   */
  static final class Axis {
    private final int[] firsts;
    private final int[] counts;
    private final double[] weights;
    private final int[] whole;
    private final int taps;

    private Axis(int[] firsts, int[] counts, double[] weights, int taps) {
      this.firsts = firsts;
      this.counts = counts;
      this.weights = weights;
      this.taps = taps;
      this.whole = new int[weights.length];
      for (int i = 0; i < whole.length; i++) {
        double weight = weights[i] * (1 << BITS);
        whole[i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
      }
    }

    /**
     * The weights of {@code kept} places from {@code cut} on, of {@code size} scaled to {@code
     * scaled} places, from {@code start} on in the source.
     */
    static Axis of(
        Interpolation interpolation, int start, int size, long scaled, long cut, int kept) {
      double scale = size / (double) scaled;
      double stretch = Math.max(scale, 1);
      boolean area = interpolation == Interpolation.AREA && scale > 1;
      double support = area ? scale / 2 : stretch * (cubic(interpolation) ? 2 : 1);
      int taps = (int) Math.min(Math.ceil(support) * 2 + 1, size);
      int[] firsts = new int[kept];
      int[] counts = new int[kept];
      double[] weights = new double[Math.multiplyExact(kept, taps)];
      for (int i = 0; i < kept; i++) {
        double centre = (cut + i + 0.5) * scale;
        double low = centre - support;
        double high = centre + support;
        // An area takes in each pixel that it touches, a filter those whose centres it covers.
        int first = (int) Math.clamp(area ? Math.floor(low) : low + 0.5, 0, size - 1);
        int end = (int) Math.clamp(area ? Math.ceil(high) : high + 0.5, first + 1, size);
        int count = Math.min(end - first, taps);
        double sum = 0;
        for (int k = 0; k < count; k++) {
          int place = first + k;
          double weight =
              area
                  ? Math.max(0, Math.min(high, place + 1) - Math.max(low, place))
                  : filter(interpolation, (place - centre + 0.5) * (1 / stretch));
          weights[i * taps + k] = weight;
          sum += weight;
        }
        for (int k = 0; k < count; k++) {
          if (sum != 0) {
            weights[i * taps + k] /= sum;
          }
        }
        firsts[i] = start + first;
        counts[i] = count;
      }
      return new Axis(firsts, counts, weights, taps);
    }

    private static boolean cubic(Interpolation interpolation) {
      return interpolation == Interpolation.BICUBIC;
    }

    private static double filter(Interpolation interpolation, double at) {
      double x = Math.abs(at);
      if (!cubic(interpolation)) {
        return x < 1 ? 1 - x : 0;
      }
      double a = -0.5;
      if (x < 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
  }

  /**
   * Scales bytes.
   *
   * @param width columns of the whole source
   * @param target takes the window at {@code left}, {@code top}
   * @param targetWidth its columns
   */
  void scale(
      byte[] source, int width, int channels, byte[] target, int targetWidth, int left, int top) {
    int length = columns.firsts.length * channels;
    byte[][] ring = new byte[rows.taps][length];
    int[] sums = new int[length];
    int next = rows.firsts[0];
    for (int y = 0; y < rows.firsts.length; y++) {
      int first = rows.firsts[y];
      int end = first + rows.counts[y];
      for (next = Math.max(next, first); next < end; next++) {
        across(source, next * width, channels, ring[next % ring.length]);
      }
      int to = ((top + y) * targetWidth + left) * channels;
      Arrays.fill(sums, HALF);
      for (int row = first; row < end; row++) {
        int weight = rows.whole[y * rows.taps + row - first];
        byte[] line = ring[row % ring.length];
        for (int i = 0; i < length; i++) {
          sums[i] += (line[i] & 0xff) * weight;
        }
      }
      for (int i = 0; i < length; i++) {
        target[to + i] = clip(sums[i]);
      }
    }
  }

  private void across(byte[] source, int row, int channels, byte[] line) {
    for (int x = 0; x < columns.firsts.length; x++) {
      int from = (row + columns.firsts[x]) * channels;
      int weights = x * columns.taps;
      int count = columns.counts[x];
      if (channels == 3) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int k = 0; k < count; k++) {
          int weight = columns.whole[weights + k];
          red += (source[from + 3 * k] & 0xff) * weight;
          green += (source[from + 3 * k + 1] & 0xff) * weight;
          blue += (source[from + 3 * k + 2] & 0xff) * weight;
        }
        line[3 * x] = clip(red);
        line[3 * x + 1] = clip(green);
        line[3 * x + 2] = clip(blue);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        int sum = HALF;
        for (int k = 0; k < count; k++) {
          sum += (source[from + k * channels + c] & 0xff) * columns.whole[weights + k];
        }
        line[x * channels + c] = clip(sum);
      }
    }
  }

  private static byte clip(int sum) {
    return (byte) Math.clamp(sum >> BITS, 0, 255);
  }

  /** Scales floats, as {@link #scale(byte[], int, int, byte[], int, int, int)} does bytes. */
  void scale(
      float[] source, int width, int channels, float[] target, int targetWidth, int left, int top) {
    int length = columns.firsts.length * channels;
    float[][] ring = new float[rows.taps][length];
    double[] sums = new double[length];
    int next = rows.firsts[0];
    for (int y = 0; y < rows.firsts.length; y++) {
      int first = rows.firsts[y];
      int end = first + rows.counts[y];
      for (next = Math.max(next, first); next < end; next++) {
        across(source, next * width, channels, ring[next % ring.length]);
      }
      Arrays.fill(sums, 0);
      for (int row = first; row < end; row++) {
        double weight = rows.weights[y * rows.taps + row - first];
        float[] line = ring[row % ring.length];
        for (int i = 0; i < length; i++) {
          sums[i] += line[i] * weight;
        }
      }
      int to = ((top + y) * targetWidth + left) * channels;
      for (int i = 0; i < length; i++) {
        target[to + i] = (float) sums[i];
      }
    }
  }

  private void across(float[] source, int row, int channels, float[] line) {
    for (int x = 0; x < columns.firsts.length; x++) {
      int from = (row + columns.firsts[x]) * channels;
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = 0; k < columns.counts[x]; k++) {
          sum += source[from + k * channels + c] * columns.weights[x * columns.taps + k];
        }
        line[x * channels + c] = (float) sum;
      }
    }
  }
}
