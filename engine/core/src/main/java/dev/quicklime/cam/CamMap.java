package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;

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

  /**
   * A map that somebody has made.
   *
   * @param index the class, from 0
   * @param score its raw score, finite
   * @param probability softmax of its score over all classes, 0 to 1; 1 for a model with one output
   * @param layer what the map was made of, which tells its frames, rows, columns and channels
   * @param values frames · height · width finite numbers ≥ 0, frame by frame and row by row; copied
   * @param alphas finite weights of the layer's channels: one of each, or frame by frame one of
   *     each, or none where they are not known; copied
   * @param notices what a reader should know about the map, one sentence each
   * @throws InvalidInputException if a number is out of its range or an array has another length
   */
  public CamMap(
      int index,
      double score,
      double probability,
      CamLayer layer,
      float[] values,
      double[] alphas,
      List<String> notices) {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(alphas, "alphas");
    Objects.requireNonNull(notices, "notices");
    if (index < 0) {
      throw new InvalidInputException("index must be 0 or more, got " + index);
    }
    if (!Double.isFinite(score)) {
      throw new InvalidInputException("score must be finite, got " + score);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new InvalidInputException("probability must be from 0 to 1, got " + probability);
    }
    this.index = index;
    this.score = score;
    this.probability = probability;
    this.frames = layer.frames();
    this.height = layer.height();
    this.width = layer.width();
    this.values = values.clone();
    this.alphas = alphas.clone();
    this.notices = List.copyOf(notices);
    checkNumbers(layer);
  }

  private void checkNumbers(CamLayer layer) {
    if (values.length != (long) frames * height * width) {
      throw new InvalidInputException(
          "values of %s frames of %s×%s must be as many numbers, got %s"
              .formatted(frames, width, height, values.length));
    }
    for (float value : values) {
      if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
        throw new InvalidInputException("values must be finite and 0 or more, got " + value);
      }
    }
    long each = (long) layer.channels() * frames;
    if (alphas.length != 0 && alphas.length != layer.channels() && alphas.length != each) {
      throw new InvalidInputException(
          "alphas must be 0, %s or %s numbers, got %s"
              .formatted(layer.channels(), each, alphas.length));
    }
    for (double alpha : alphas) {
      if (!Double.isFinite(alpha)) {
        throw new InvalidInputException("alphas must be finite, got " + alpha);
      }
    }
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

  /** The class's index among the model's outputs, from 0. */
  public int index() {
    return index;
  }

  /** The class's score as the model returns it, before any softmax or sigmoid. */
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
          "frame %s, y=%s, x=%s is outside a map of %s frames of %s×%s"
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
   * @param width columns, ≥ 1
   * @param height rows, ≥ 1
   * @return width · height values, row by row
   * @throws InvalidInputException if a side is below 1
   */
  public double[] upsampled(double frame, int width, int height) {
    if (width < 1 || height < 1) {
      throw new InvalidInputException(
          "width and height must be at least 1, got " + width + "×" + height);
    }
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
