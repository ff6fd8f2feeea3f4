package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a model is given at once: a batch of pictures or of videos. Immutable. */
public final class CamInput {

  private final int[] shape;
  private final float[] values;
  private final List<List<String>> notices;

  private CamInput(int[] shape, float[] values, List<List<String>> notices) {
    this.shape = shape;
    this.values = values;
    this.notices = List.copyOf(notices);
  }

  /**
   * Values as the model takes them.
   *
   * @param values in row-major order, all finite; copied
   * @param shape batch, channels, height, width of pictures, or batch, channels, frames, height,
   *     width of videos
   */
  public static CamInput of(float[] values, int... shape) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(shape, "shape");
    long elements = Arrays.stream(shape).mapToLong(n -> n).reduce(1, (a, b) -> a * b);
    if (shape.length < 4 || shape.length > 5 || Arrays.stream(shape).anyMatch(n -> n < 1)) {
      throw new InvalidInputException(
          "an input must be [batch, channels, height, width] or [batch, channels, frames, height,"
              + " width], got "
              + Arrays.toString(shape));
    }
    if (elements != values.length) {
      throw new InvalidInputException(
          "an input of shape %s must have %s values, got %s"
              .formatted(Arrays.toString(shape), elements, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "an input's values must be finite, got %s at %s".formatted(values[i], i));
      }
    }
    return new CamInput(shape.clone(), values.clone(), List.of());
  }

  /**
   * A batch of pictures of any size.
   *
   * @param pictures at least one
   * @param preprocessing what the model expects of each
   */
  public static CamInput pictures(List<Image> pictures, Preprocessing preprocessing) {
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(preprocessing, "preprocessing");
    int count = checked(pictures);
    int plane = preprocessing.width() * preprocessing.height();
    int channels = preprocessing.channels();
    float[] values = new float[Math.multiplyExact(count, Math.multiplyExact(plane, channels))];
    List<List<String>> notices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Image fitted = preprocessing.fit(pictures.get(i));
      write(fitted, preprocessing, values, i * plane * channels, plane);
      notices.add(fitted.notices());
    }
    return new CamInput(
        new int[] {count, channels, preprocessing.height(), preprocessing.width()},
        values,
        notices);
  }

  /**
   * Frames of one video, which the model takes as one input.
   *
   * @param frames at least one, in their order
   * @param preprocessing what the model expects of each
   */
  public static CamInput video(List<Image> frames, Preprocessing preprocessing) {
    Objects.requireNonNull(frames, "frames");
    Objects.requireNonNull(preprocessing, "preprocessing");
    int count = checked(frames);
    int plane = preprocessing.width() * preprocessing.height();
    int channels = preprocessing.channels();
    float[] values = new float[Math.multiplyExact(count, Math.multiplyExact(plane, channels))];
    List<List<String>> notices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Image fitted = preprocessing.fit(frames.get(i));
      write(fitted, preprocessing, values, i * plane, count * plane);
      notices.add(fitted.notices());
    }
    return new CamInput(
        new int[] {1, channels, count, preprocessing.height(), preprocessing.width()},
        values,
        notices);
  }

  private static int checked(List<Image> pictures) {
    if (pictures.isEmpty()) {
      throw new InvalidInputException("an input must have at least one picture, got none");
    }
    return pictures.size();
  }

  /**
   * Writes a fitted picture's channels, the first to an offset and each a step after the one
   * before.
   */
  private static void write(Image fitted, Preprocessing to, float[] values, int first, int step) {
    float[] pixels = fitted.toFloats();
    int channels = to.channels();
    for (int channel = 0; channel < channels; channel++) {
      int source = to.source(channel);
      int at = first + channel * step;
      for (int i = source; i < pixels.length; i += channels) {
        values[at++] = to.normalized(pixels[i], source);
      }
    }
  }

  /** Pictures or videos in it. */
  public int count() {
    return shape[0];
  }

  /**
   * What was done to each picture or frame on its way from its file to the model, in their order;
   * nothing where values were given. Unmodifiable.
   */
  public List<List<String>> notices() {
    return notices;
  }

  /** Whether it is of videos. */
  public boolean video() {
    return shape.length == 5;
  }

  /** Size of each dimension, the batch first; a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** All values in row-major order; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** As {@link #shape}, in the numbers that tensors are sized by. */
  public long[] longShape() {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
