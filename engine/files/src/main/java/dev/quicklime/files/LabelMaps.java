package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads label maps that another program has written. */
public final class LabelMaps {
  private LabelMaps() {}

  /**
   * Reads a label map and numbers its labels 0..d−1.
   *
   * <p>Numbers, from an {@code .npy} of two dimensions and an integer type or from a picture that
   * stores one for each pixel, keep their order, so a map that has labels 0..d−1 already is taken
   * as it is. Such a picture is of one channel, of any width, or has a palette, whose places count
   * and not its colours. In a picture in colours every colour is a label, numbered in the order of
   * first appearance, row by row.
   *
   * @throws InvalidInputException if the file cannot be read, is no such map, or has fewer than 2
   *     or more than 4096 labels
   */
  public static SegmentMap read(Path file) {
    Objects.requireNonNull(file, "file");
    return switch (ArrayFiles.kind(file)) {
      case ARRAY -> named(file, NpyArray.read(file), LabelMaps::fromArray);
      case ARCHIVE -> throw ArrayFiles.archive(file);
      case OTHER -> named(file, ImageFiles.readStored(file), LabelMaps::fromPicture);
    };
  }

  /** The readers name the file in what they refuse, the conversions do not. */
  private static <T> SegmentMap named(Path file, T contents, Function<T, SegmentMap> conversion) {
    try {
      SegmentMap map = conversion.apply(contents);
      if (map.count() < Segmenter.MIN_SEGMENTS) {
        throw new InvalidInputException(
            "a label map must have at least %d labels, got %d"
                .formatted(Segmenter.MIN_SEGMENTS, map.count()));
      }
      return map;
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private static SegmentMap fromArray(NpyArray array) {
    int[] shape = array.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
      throw new InvalidInputException(
          "a label map must be an array of height × width, got the shape "
              + Arrays.toString(shape));
    }
    return SegmentMap.of(shape[1], shape[0], ranks(array.toInts()));
  }

  private static SegmentMap fromPicture(Image image) {
    float[] values = image.toFloats();
    int channels = image.channels();
    int[] labels = new int[image.width() * image.height()];
    if (channels == 1) {
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (int) values[i];
      }
      return SegmentMap.of(image.width(), image.height(), ranks(labels));
    }
    Map<Colour, Integer> colours = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      Colour colour = Colour.of(values, i * channels, channels);
      labels[i] = colours.computeIfAbsent(colour, _ -> colours.size());
      checkCount(colours.size());
    }
    return SegmentMap.of(image.width(), image.height(), labels);
  }

  /** Each number replaced by its place among the distinct numbers. */
  private static int[] ranks(int[] numbers) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < numbers.length; i++) {
      if (i == 0 || numbers[i] != numbers[i - 1]) {
        seen.add(numbers[i]);
        checkCount(seen.size());
      }
    }
    int[] distinct = seen.stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] ranks = new int[numbers.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = Arrays.binarySearch(distinct, numbers[i]);
    }
    return ranks;
  }

  /**
   * Counted while reading, so that a photograph taken for a label map is refused before it fills
   * the memory.
   */
  private static void checkCount(int labels) {
    if (labels > Segmenter.MAX_SEGMENTS) {
      throw new InvalidInputException(
          "a label map must have at most %d labels, got more".formatted(Segmenter.MAX_SEGMENTS));
    }
  }

  /** All values of a pixel, compared by their bits. */
  private record Colour(List<Float> values) {
    static Colour of(float[] values, int from, int channels) {
      List<Float> boxed = new ArrayList<>(channels);
      for (int c = 0; c < channels; c++) {
        boxed.add(values[from + c]);
      }
      return new Colour(boxed);
    }
  }
}
