package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.sums.Columns;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.RealColumns;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Completion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Samples that surrogates are fitted to: masks or rows of real numbers, weights and the scores of
 * some classes, summed up once for all surrogates. Fits are given in the units in which weights and
 * scores were, however large or small these are. Immutable: arrays are copied.
 */
public final class FitInput {

  private final SampleSums fitted;
  private final @Nullable Completion completion;

  private FitInput(SampleSums fitted, @Nullable Completion completion) {
    this.fitted = fitted;
    this.completion = completion;
  }

  /**
   * Sums up samples that are independent of each other; arrays are read and not kept.
   *
   * @param masks n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   * @param scores n · classes finite numbers, row by row
   * @param classes how many scores a row has, ≥ 1
   * @throws InvalidInputException if sizes do not match or a number is out of range
   */
  public static FitInput of(MaskMatrix masks, double[] weights, double[] scores, int classes) {
    return of(masks, weights, scores, classes, 1);
  }

  /**
   * Sums up samples whose rows depend on each other.
   *
   * @param blockRows how many consecutive rows after row 0 do, 1 or 2; see {@link
   *     MaskSampler#blockRows}
   * @throws InvalidInputException if sizes do not match or a number is out of range
   */
  public static FitInput of(
      MaskMatrix masks, double[] weights, double[] scores, int classes, int blockRows) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    return of(new MaskColumns(masks), weights, scores, classes, blockRows, 1);
  }

  /**
   * Sums up samples of a design whose rows are balanced in whole blocks, which leave less to chance
   * than rows that depend on each other in no other way.
   *
   * @param blockRows how many consecutive rows after row 0 depend on each other, 1 or 2
   * @param balancedRows after multiples of how many rows they are balanced, a multiple of block
   *     rows or 1; see {@link MaskSampler#balancedRows}
   * @throws InvalidInputException if sizes do not match or a number is out of range
   */
  public static FitInput of(
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      int classes,
      int blockRows,
      int balancedRows) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    return of(new MaskColumns(masks), weights, scores, classes, blockRows, balancedRows);
  }

  /**
   * Sums up samples of real numbers.
   *
   * @param features n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   * @param scores n · classes finite numbers, row by row
   * @param classes how many scores a row has, ≥ 1
   * @param blockRows how many consecutive rows after row 0 depend on each other, 1 or 2
   * @throws InvalidInputException if sizes do not match or a number is out of range
   */
  public static FitInput of(
      FeatureMatrix features, double[] weights, double[] scores, int classes, int blockRows) {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    return of(
        new RealColumns(features.columns(), features.values()),
        weights,
        scores,
        classes,
        blockRows,
        1);
  }

  private static FitInput of(
      Columns columns,
      double[] weights,
      double[] scores,
      int classes,
      int blockRows,
      int balancedRows) {
    Checks.given(weights, scores);
    if (blockRows != 1 && blockRows != 2) {
      throw new InvalidInputException("block rows must be 1 or 2, got " + blockRows);
    }
    if (balancedRows != 1 && !(balancedRows > 1 && balancedRows % blockRows == 0)) {
      throw new InvalidInputException(
          "balanced rows must be 1 or a multiple of block rows, %s, got %s"
              .formatted(blockRows, balancedRows));
    }
    if (classes < 1) {
      throw new InvalidInputException("classes must be at least 1, got " + classes);
    }
    if (weights.length != columns.rows() || scores.length != (long) columns.rows() * classes) {
      throw new InvalidInputException(
          "weights and scores must be %s, one and %s for each row, got %s and %s"
              .formatted(columns.rows(), classes, weights.length, scores.length));
    }
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new InvalidInputException("scores must be finite numbers, got " + score);
      }
    }
    return new FitInput(
        SampleSums.of(columns, weights.clone(), scores.clone(), classes, blockRows, balancedRows),
        null);
  }

  /**
   * Takes sums of all rows of an explanation. Rows are not kept: what asks for one, {@link #masks},
   * {@link #weight} and {@link #target}, ends with an IllegalStateException.
   *
   * @throws InvalidInputException if rows are missing, if the sums are of a {@link
   *     dev.quicklime.design.TwoPhase} design, which needs rows, if no row has weight, or if
   *     squares of scores overflow
   */
  public static FitInput of(ShardSums sums) {
    Objects.requireNonNull(sums, "sums");
    return new FitInput(sums.finished(), null);
  }

  /** What stands for samples instead of them. */
  static FitInput of(Completion completion) {
    return new FitInput(completion.completed(), completion);
  }

  /**
   * The masks that are fitted, n × d; of completed samples, those that nobody scored.
   *
   * @throws IllegalStateException if these are samples of real numbers, or rows are not kept
   */
  public MaskMatrix masks() {
    return fitted.masks();
  }

  /** Whether these samples stand for others that were scored, see {@link DesignFits#completed}. */
  public boolean isCompletion() {
    return completion != null;
  }

  /**
   * Weight of a row, in the units in which weights were given, up to their sum.
   *
   * @throws IllegalStateException if rows are not kept
   */
  public double weight(int row) {
    return Math.scalb(fitted.weights()[row], fitted.weightExponent());
  }

  /**
   * Score of a row, or what stands for it, in the units in which scores were given.
   *
   * @throws IllegalStateException if rows are not kept
   */
  public double target(int row, int column) {
    return Math.scalb(fitted.score(row, column), fitted.scoreExponent(column));
  }

  /** Number of classes that have scores. */
  public int classes() {
    return fitted.classes();
  }

  /** (Σw)²/Σw², of the rows that were scored. */
  public double effectiveSamples() {
    return fitted.effectiveSamples();
  }

  /** What is fitted, with its sums. */
  SampleSums sums() {
    return fitted;
  }

  /** How what is fitted came about, where it stands for samples. */
  @Nullable Completion completion() {
    return completion;
  }
}
