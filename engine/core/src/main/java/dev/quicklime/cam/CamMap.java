package dev.quicklime.cam;

import java.util.List;

/** Where a model saw one class in one picture or video. Plain data; immutable. */
public final class CamMap {

  private final int index;
  private final double score;
  private final double probability;
  private final int frames;
  private final int height;
  private final int width;
  private final float[] values;
  private final double[] alphas;
  private final List<String> notices;

  public CamMap(
      int index,
      double score,
      double probability,
      CamLayer layer,
      float[] values,
      double[] alphas,
      List<String> notices) {
    this.index = index;
    this.score = score;
    this.probability = probability;
    this.frames = layer.frames();
    this.height = layer.height();
    this.width = layer.width();
    this.values = values;
    this.alphas = alphas;
    this.notices = List.copyOf(notices);
  }

  /** The same without the weights α, which may be thousands: for whoever keeps many maps. */
  public CamMap compact() {
    return new CamMap(this);
  }

  private CamMap(CamMap other) {
    this.index = other.index;
    this.score = other.score;
    this.probability = other.probability;
    this.frames = other.frames;
    this.height = other.height;
    this.width = other.width;
    this.values = other.values;
    this.alphas = new double[0];
    this.notices = other.notices;
  }

  /** The class. */
  public int index() {
    return index;
  }

  /** Its raw score. */
  public double score() {
    return score;
  }

  /**
   * Softmax of its score over all classes; 1 for a model with one output, where it says nothing.
   */
  public double probability() {
    return probability;
  }

  /** Frames of the map: those of the layer, often fewer than the video has; 1 for a picture. */
  public int frames() {
    return frames;
  }

  /** Rows of the map. */
  public int height() {
    return height;
  }

  /** Columns of the map. */
  public int width() {
    return width;
  }

  /** All values, ≥ 0 and in units of the target, frame by frame and row by row; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** The value of one place. */
  public float value(int frame, int y, int x) {
    if (frame < 0 || frame >= frames || y < 0 || y >= height || x < 0 || x >= width) {
      throw new IndexOutOfBoundsException(
          "frame %d, y=%d, x=%d is outside a map of %d frames of %d×%d"
              .formatted(frame, y, x, frames, width, height));
    }
    return values[(frame * height + y) * width + x];
  }

  /** The largest value, ≥ 0. */
  public float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /**
   * The weights α of the layer's maps; with {@link FrameWeights#EACH_FRAME} those of the first
   * frame, then those of the next; a copy. Nothing in a {@link #compact} map.
   */
  public double[] alphas() {
    return alphas.clone();
  }

  /** What a reader should know about it. */
  public List<String> notices() {
    return notices;
  }

  /**
   * The map at any place, linearly between the centres of its own places and constant beyond the
   * outermost.
   *
   * @param frame 0 to 1 from the beginning of the first frame to the end of the last
   * @param y 0 to 1 from the upper to the lower edge
   * @param x 0 to 1 from the left to the right edge
   */
  public double at(double frame, double y, double x) {
    double t = position(frame, frames);
    int first = (int) t;
    int second = Math.min(first + 1, frames - 1);
    double share = t - first;
    double here = plane(first, y, x);
    return share == 0 ? here : here + share * (plane(second, y, x) - here);
  }

  /**
   * A frame of the map at another size, each pixel the value {@link #at} its centre.
   *
   * @param frame 0 to 1 from the beginning of the first frame to the end of the last
   * @return width · height values, row by row
   */
  public double[] upsampled(double frame, int width, int height) {
    double[] pixels = new double[Math.multiplyExact(width, height)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = at(frame, (y + 0.5) / height, (x + 0.5) / width);
      }
    }
    return pixels;
  }

  private double plane(int frame, double y, double x) {
    double row = position(y, height);
    double column = position(x, width);
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    double down = row - top;
    double across = column - left;
    int start = frame * height * width;
    double upper =
        (1 - across) * values[start + top * width + left]
            + across * values[start + top * width + right];
    double lower =
        (1 - across) * values[start + bottom * width + left]
            + across * values[start + bottom * width + right];
    return upper + down * (lower - upper);
  }

  private static double position(double share, int count) {
    return Math.clamp(share * count - 0.5, 0, count - 1);
  }
}
