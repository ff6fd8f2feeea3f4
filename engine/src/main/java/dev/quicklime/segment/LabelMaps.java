package dev.quicklime.segment;

import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.npy.NpyArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads label maps that another program has written. */
public final class LabelMaps {
  private LabelMaps() {}

  /**
   * Reads a label map and numbers its labels 0..d−1.
   *
   * <p>Numbers, from an {@code .npy} of two dimensions and an integer type or from a picture of one
   * channel (8 or 16 bits), keep their order, so a map that has labels 0..d−1 already is taken as
   * it is. In a picture in colours every colour is a label, numbered in the order of first
   * appearance, row by row.
   *
   * @throws IllegalArgumentException if the file cannot be read, is no such map, or has fewer than
   *     2 or more than 4096 labels
   */
  public static SegmentMap read(Path file) {
    boolean npy = file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    SegmentMap map = npy ? fromArray(file) : fromPicture(file);
    if (map.count() < Segmenter.MIN_SEGMENTS || map.count() > Segmenter.MAX_SEGMENTS) {
      throw new IllegalArgumentException(
          "%s: a label map must have between %d and %d labels, got %d"
              .formatted(file, Segmenter.MIN_SEGMENTS, Segmenter.MAX_SEGMENTS, map.count()));
    }
    return map;
  }

  private static SegmentMap fromArray(Path file) {
    NpyArray array = NpyArray.read(file);
    int[] shape = array.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
      throw new IllegalArgumentException(
          "%s: a label map must be an array of height × width, got the shape %s"
              .formatted(file, Arrays.toString(shape)));
    }
    int[] labels;
    try {
      labels = array.toInts();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return SegmentMap.of(shape[1], shape[0], ranks(labels));
  }

  private static SegmentMap fromPicture(Path file) {
    Image image = ImageFiles.read(file);
    float[] values = image.toFloats();
    int channels = image.channels();
    int[] labels = new int[image.width() * image.height()];
    if (channels == 1) {
      for (int i = 0; i < labels.length; i++) {
        // The bits of a float that is not negative are in the order of the floats.
        labels[i] = Float.floatToIntBits(Math.max(values[i], 0f));
      }
      return SegmentMap.of(image.width(), image.height(), ranks(labels));
    }
    Map<Colour, Integer> colours = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      Colour colour = Colour.of(values, i * channels, channels);
      labels[i] = colours.computeIfAbsent(colour, _ -> colours.size());
    }
    return SegmentMap.of(image.width(), image.height(), labels);
  }

  /** Each number replaced by its place among the distinct numbers. */
  private static int[] ranks(int[] numbers) {
    int[] distinct = Arrays.stream(numbers).distinct().sorted().toArray();
    int[] ranks = new int[numbers.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = Arrays.binarySearch(distinct, numbers[i]);
    }
    return ranks;
  }

  /** All values of a pixel, compared by their bits. */
  private record Colour(java.util.List<Float> values) {
    static Colour of(float[] values, int from, int channels) {
      Float[] boxed = new Float[channels];
      for (int c = 0; c < channels; c++) {
        boxed[c] = values[from + c];
      }
      return new Colour(java.util.List.of(boxed));
    }
  }
}
