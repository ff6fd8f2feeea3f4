package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import dev.quicklime.Samples;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.files.npy.NpzReader;
import dev.quicklime.internal.file.ReadBudget;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Segmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads and checks the arrays of a run, each against those before it. */
final class StoredRunReader {

  private final NpzReader npz;
  private final Path file;
  private final ReadBudget budget;

  /** The masks' columns once more, the scores as given and scaled to be summed up. */
  private static final int COPIES = 3;

  private StoredRunReader(NpzReader npz, Path file, ReadBudget budget) {
    this.npz = npz;
    this.file = file;
    this.budget = budget;
  }

  static StoredRun read(Path file) {
    try (NpzReader npz = new NpzReader(file)) {
      return new StoredRunReader(npz, file, ReadBudget.of(file)).read();
    } catch (IOException e) {
      throw new InvalidInputException(file + ": must be readable, got " + e, e);
    }
  }

  private StoredRun read() {
    MaskMatrix masks = masks("masks");
    NpyArray scores = npz.read("scores");
    int[] shape = scores.shape();
    int classes = shape.length == 1 ? 1 : shape.length == 2 ? shape[1] : 0;
    if (classes < 1 || shape[0] != masks.rows()) {
      throw wrong(
          "scores must have a row for each of the %d masks and a column for each class, got shape %s"
              .formatted(masks.rows(), Arrays.toString(shape)));
    }
    taken("scores", scores.shape(), COPIES * Double.BYTES);
    taken("coefficients", new int[] {classes, masks.columns()}, COPIES * ReadBudget.OBJECT);
    double[] weights = doubles("weights", masks.rows());
    SegmentMap segments = npz.has("labels") ? segments(masks.columns()) : null;
    StoredFit fit = fit(classes, masks.columns());
    List<Integer> indices =
        npz.has("classes") ? classes(classes) : IntStream.range(0, classes).boxed().toList();
    try {
      return new StoredRun(
          Samples.of(masks, weights, scores.toDoubles(), indices),
          blockRows(),
          balancedRows(),
          npz.has("completed_masks") ? unscored(masks.columns()) : null,
          segments,
          fit);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private int blockRows() {
    double[] blockRows = optional("block_rows");
    if (blockRows != null && blockRows[0] != 1 && blockRows[0] != 2) {
      throw wrong("block_rows must be 1 or 2, got " + blockRows[0]);
    }
    return blockRows != null && blockRows[0] == 2 ? 2 : 1;
  }

  private int balancedRows() {
    double[] balancedRows = optional("balanced_rows");
    if (balancedRows == null) {
      return 1;
    }
    double rows = balancedRows[0];
    if (!(rows >= 1 && rows == Math.rint(rows) && rows <= Integer.MAX_VALUE)
        || (rows > 1 && rows % blockRows() != 0)) {
      throw wrong("balanced_rows must be 1 or a multiple of block_rows, got " + rows);
    }
    return (int) rows;
  }

  private StoredRun.Unscored unscored(int columns) {
    MaskMatrix masks = masks("completed_masks");
    if (masks.columns() != columns) {
      throw wrong(
          "completed_masks must have as many columns as masks, %d, got %d"
              .formatted(columns, masks.columns()));
    }
    double[] weights = doubles("completed_weights", masks.rows());
    for (double weight : weights) {
      if (weight < 0) {
        throw wrong("completed_weights must be 0 or positive, got " + weight);
      }
    }
    return new StoredRun.Unscored(masks, weights);
  }

  private MaskMatrix masks(String name) {
    NpyArray array = npz.read(name);
    int[] shape = array.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
      throw wrong(
          "%s must have a row for each sample and a column for each superpixel, got shape %s"
              .formatted(name, Arrays.toString(shape)));
    }
    int columns = shape[1];
    if (columns > Segmenter.MAX_SEGMENTS) {
      throw wrong(
          "%s must have at most %d columns, as many as there can be superpixels, got %d"
              .formatted(name, Segmenter.MAX_SEGMENTS, columns));
    }
    int wordsPerRow = (columns + Long.SIZE - 1) / Long.SIZE;
    taken(name, new int[] {shape[0], wordsPerRow}, COPIES * Long.BYTES);
    sums(columns);
    long[] words = new long[shape[0] * wordsPerRow];
    double[] row = new double[columns];
    for (int r = 0; r < shape[0]; r++) {
      array.row(r, row);
      for (int j = 0; j < columns; j++) {
        if (row[j] == 1) {
          words[r * wordsPerRow + j / Long.SIZE] |= 1L << j;
        } else if (row[j] != 0) {
          throw wrong(
              "%s must be 0 or 1, got %s in row %d, column %d".formatted(name, row[j], r, j));
        }
      }
    }
    return MaskMatrix.ofWords(shape[0], columns, words);
  }

  /** Refuses arrays that would take more memory than there should be in a file of this size. */
  private void taken(String name, int[] shape, int bytes) {
    long numbers = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    try {
      budget.take(numbers, bytes);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "%s: %s of shape %s: %s".formatted(file, name, Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  /** The sums over pairs of columns, of which a fit needs some. */
  private void sums(int columns) {
    try {
      ReadBudget.heap(
          "a fit of %d columns".formatted(columns), 3L * Double.BYTES * columns * columns);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": " + e.getMessage(), e);
    }
  }

  private SegmentMap segments(int columns) {
    NpyArray array = npz.read("labels");
    int[] shape = array.shape();
    if (shape.length != 2) {
      throw wrong(
          "labels must have a row for each row of pixels, got shape " + Arrays.toString(shape));
    }
    SegmentMap segments;
    try {
      segments = SegmentMap.of(shape[1], shape[0], array.toInts());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": array labels: " + e.getMessage(), e);
    }
    if (segments.count() != columns) {
      throw wrong(
          "labels must be of as many superpixels as masks have columns, %d, got %d"
              .formatted(columns, segments.count()));
    }
    return segments;
  }

  private List<Integer> classes(int count) {
    NpyArray array = npz.read("classes");
    checkShape("classes", array, count);
    int[] indices;
    try {
      indices = array.toInts();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(file + ": array classes: " + e.getMessage(), e);
    }
    for (int index : indices) {
      if (index < 0) {
        throw wrong("classes must be 0 or positive, got " + index);
      }
    }
    return Arrays.stream(indices).boxed().toList();
  }

  private StoredFit fit(int classes, int columns) {
    double[] coefficients = optional("coefficients", classes, columns);
    double[] intercepts = optional("intercepts", classes);
    double[] alphas = optional("alpha", classes);
    for (double alpha : alphas == null ? new double[0] : alphas) {
      if (alpha < 0) {
        throw wrong("alpha must be 0 or positive, got " + alpha);
      }
    }
    double[] intercept = optional("fit_intercept");
    if (intercept != null && intercept[0] != 0 && intercept[0] != 1) {
      throw wrong("fit_intercept must be 0 or 1, got " + intercept[0]);
    }
    return new StoredFit(
        coefficients == null
            ? null
            : IntStream.range(0, classes)
                .mapToObj(c -> list(coefficients, c * columns, columns))
                .toList(),
        intercepts == null ? null : list(intercepts, 0, classes),
        alphas == null ? null : list(alphas, 0, classes),
        intercept == null ? null : intercept[0] == 1);
  }

  private static List<Double> list(double[] values, int from, int count) {
    return Arrays.stream(values, from, from + count).boxed().toList();
  }

  private double @Nullable [] optional(String name, int... shape) {
    return npz.has(name) ? doubles(name, shape) : null;
  }

  private double[] doubles(String name, int... shape) {
    NpyArray array = npz.read(name);
    checkShape(name, array, shape);
    double[] values = array.toDoubles();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw wrong("%s must be finite numbers, got %s".formatted(name, value));
      }
    }
    return values;
  }

  private void checkShape(String name, NpyArray array, int... shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw wrong(
          "%s must have the shape %s that masks and scores give it, got %s"
              .formatted(name, Arrays.toString(shape), Arrays.toString(array.shape())));
    }
  }

  private InvalidInputException wrong(String what) {
    return new InvalidInputException(file + ": " + what);
  }
}
