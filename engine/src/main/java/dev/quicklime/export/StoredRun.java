package dev.quicklime.export;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.npy.NpyArray;
import dev.quicklime.npy.NpzReader;
import dev.quicklime.surrogate.FitInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The samples of a run that {@link RunArchive} wrote, or of any {@code .npz} file with its arrays
 * {@code masks} [n, d] of zeros and ones, {@code scores} [n, C] and {@code weights} [n]; the array
 * {@code classes} [C] may be left out. What else the file has is not looked at. Immutable.
 */
public final class StoredRun {

  private static final String NAME = "run.npz";

  private final FitInput input;
  private final List<Integer> classes;

  private StoredRun(FitInput input, List<Integer> classes) {
    this.input = input;
    this.classes = classes;
  }

  /** The run in a folder, or the file itself. */
  public static Path fileAt(Path named) {
    return Files.isDirectory(named) ? named.resolve(NAME) : named;
  }

  /**
   * Reads a run.
   *
   * @throws IllegalArgumentException if the file cannot be read, an array is missing, or arrays do
   *     not belong together
   */
  public static StoredRun read(Path file) {
    try (NpzReader npz = new NpzReader(file)) {
      NpyArray masks = array(npz, file, "masks", 2);
      int rows = masks.shape()[0];
      int columns = masks.shape()[1];
      NpyArray scores = array(npz, file, "scores", 2);
      NpyArray weights = array(npz, file, "weights", 1);
      int count = scores.shape()[1];
      check(file, "scores", scores, rows, count);
      check(file, "weights", weights, rows);
      if (rows < 1 || columns < 1 || count < 1) {
        throw new IllegalArgumentException(
            "%s: must have a row, a superpixel and a class at least, got %d, %d and %d"
                .formatted(file, rows, columns, count));
      }
      List<Integer> classes = new ArrayList<>();
      if (npz.has("classes")) {
        NpyArray indices = array(npz, file, "classes", 1);
        check(file, "classes", indices, count);
        Arrays.stream(indices.toInts()).forEach(classes::add);
      } else {
        for (int c = 0; c < count; c++) {
          classes.add(c);
        }
      }
      try {
        return new StoredRun(
            FitInput.of(
                MaskMatrix.of(rows, columns, masks.toDoubles()),
                weights.toDoubles(),
                scores.toDoubles(),
                count),
            List.copyOf(classes));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }
  }

  private static NpyArray array(NpzReader npz, Path file, String name, int axes) {
    NpyArray array = npz.read(name);
    if (array.shape().length != axes) {
      throw new IllegalArgumentException(
          "%s: %s must have %d axes, got shape %s"
              .formatted(file, name, axes, Arrays.toString(array.shape())));
    }
    return array;
  }

  private static void check(Path file, String name, NpyArray array, int... shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalArgumentException(
          "%s: %s must have shape %s as the masks and scores have it, got %s"
              .formatted(file, name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
  }

  /** Masks, weights and scores. */
  public FitInput input() {
    return input;
  }

  /** Indices of the classes, one for each column of the scores. */
  public List<Integer> classes() {
    return classes;
  }
}
