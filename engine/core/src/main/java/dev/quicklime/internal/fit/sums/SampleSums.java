package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.locality.Locality;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows, weights and the scores of some classes with the sums that all surrogates share. Scores or
 * weights that are so large or so small that their products would leave the range of a number are
 * divided by a power of two, which costs no digit. Immutable; the arrays that it is made from and
 * that it gives are its own and not to be written to.
 */
public final class SampleSums {

  private static final double[] EXPLAINED = {};

  private final Columns columns;
  private final double[] weights;
  private final int weightyRows;
  private final int weightExponent;
  private final double[] scores;
  private final int[] scoreExponents;
  private final int blockRows;
  private final int balancedRows;
  private final double effectiveSamples;
  private final Gram gram;
  private final List<Moments> moments;

  /**
   * Takes sums with what they are of.
   *
   * @param weights nothing where rows are not kept, and so the scores
   */
  private SampleSums(
      Columns columns,
      double[] weights,
      int weightyRows,
      int weightExponent,
      double[] scores,
      int[] scoreExponents,
      int blockRows,
      int balancedRows,
      double effectiveSamples,
      Gram gram,
      List<Moments> moments) {
    this.columns = columns;
    this.weights = weights;
    this.weightyRows = weightyRows;
    this.weightExponent = weightExponent;
    this.scores = scores;
    this.scoreExponents = scoreExponents;
    this.blockRows = blockRows;
    this.balancedRows = balancedRows;
    this.effectiveSamples = effectiveSamples;
    this.gram = gram;
    this.moments = List.copyOf(moments);
  }

  /**
   * Sums up scores.
   *
   * @param unexplained for each class the weighted mean square of what its scores do not show; or
   *     nothing
   */
  private static SampleSums summed(
      Columns columns,
      double[] weights,
      int weightExponent,
      double[] scores,
      int[] scoreExponents,
      int blockRows,
      int balancedRows,
      double effectiveSamples,
      Gram gram,
      double[] unexplained) {
    List<Moments> sums = new ArrayList<>(columns.moments(weights, scores, scoreExponents.length));
    for (int c = 0; c < unexplained.length; c++) {
      sums.set(c, sums.get(c).with(unexplained[c] * gram.totalWeight()));
    }
    return new SampleSums(
        columns,
        weights,
        weighty(weights),
        weightExponent,
        scores,
        scoreExponents,
        blockRows,
        balancedRows,
        effectiveSamples,
        gram,
        sums);
  }

  /** Sums that were made elsewhere, of rows that are not kept. */
  static SampleSums ofSums(
      SummedColumns columns,
      int weightyRows,
      int weightExponent,
      int[] scoreExponents,
      int blockRows,
      int balancedRows,
      double effectiveSamples,
      Gram gram,
      List<Moments> moments) {
    double[] gone = {};
    return new SampleSums(
        columns,
        gone,
        weightyRows,
        weightExponent,
        gone,
        scoreExponents,
        blockRows,
        balancedRows,
        effectiveSamples,
        gram,
        moments);
  }

  /**
   * The same sums over some of the rows that they are of: what depends on one row is that row's,
   * and what depends on all is theirs.
   *
   * @param some masks of the same columns
   * @param theirWeights in units of what was summed, and so are the scores
   */
  public SampleSums with(MaskMatrix some, double[] theirWeights, double[] theirScores) {
    return new SampleSums(
        new MaskColumns(some),
        PowersOfTwo.scaled(theirWeights, weightExponent),
        weightyRows,
        weightExponent,
        PowersOfTwo.scaled(theirScores, scoreExponents),
        scoreExponents,
        blockRows,
        balancedRows,
        effectiveSamples,
        gram,
        moments);
  }

  /**
   * Sums up samples.
   *
   * @param weights n finite numbers ≥ 0, not all of them 0
   * @param scores n · classes finite numbers, row by row
   * @param classes how many scores a row has, ≥ 1
   * @param blockRows how many consecutive rows after row 0 depend on each other, 1 or 2
   * @throws InvalidInputException if a weight or the sum of all is out of range
   */
  public static SampleSums of(
      Columns columns, double[] weights, double[] scores, int classes, int blockRows) {
    return of(columns, weights, scores, classes, blockRows, 1);
  }

  /**
   * Sums up samples of a balanced design.
   *
   * @param balancedRows after multiples of how many rows after row 0 they are balanced, see {@link
   *     dev.quicklime.design.MaskSampler#balancedRows}; 1 where that is left to chance
   */
  public static SampleSums of(
      Columns columns,
      double[] weights,
      double[] scores,
      int classes,
      int blockRows,
      int balancedRows) {
    int weightExponent = PowersOfTwo.exponent(weights, 0, 1);
    int[] exponents = new int[classes];
    for (int c = 0; c < classes; c++) {
      exponents[c] = PowersOfTwo.exponent(scores, c, classes);
    }
    double[] tame = PowersOfTwo.scaled(weights, weightExponent);
    Gram gram = columns.gram(tame);
    return summed(
        columns,
        tame,
        weightExponent,
        PowersOfTwo.scaled(scores, exponents),
        exponents,
        blockRows,
        balancedRows,
        Locality.effectiveSamples(tame),
        gram,
        EXPLAINED);
  }

  /**
   * Masks that stand for these samples, in the same units and as sure as they.
   *
   * @param standing masks of the same columns
   * @param theirWeights in the units of {@link #weights}
   * @param theirScores in the units of {@link #score}
   * @param unexplained for each class the weighted mean square of what these scores do not show
   */
  public SampleSums replaced(
      MaskMatrix standing, double[] theirWeights, double[] theirScores, double[] unexplained) {
    Columns others = new MaskColumns(standing);
    return summed(
        others,
        theirWeights,
        weightExponent,
        theirScores,
        scoreExponents,
        1,
        1,
        effectiveSamples,
        others.gram(theirWeights),
        unexplained);
  }

  /** The same samples with other scores, in the units of {@link #score}. */
  public SampleSums rescored(double[] others) {
    return summed(
        columns,
        weights,
        weightExponent,
        others,
        scoreExponents,
        blockRows,
        balancedRows,
        effectiveSamples,
        gram,
        EXPLAINED);
  }

  /** One class of the same samples with other weights, in the units of {@link #weights}. */
  public SampleSums reweighted(double[] others, int column) {
    return alone(others, scores(column), scoreExponents[column]);
  }

  /**
   * The same rows with other weights, in the units of {@link #weights}, and one class of other
   * scores, in their own.
   */
  public SampleSums refilled(double[] otherWeights, double[] otherScores) {
    return alone(otherWeights, otherScores, 0);
  }

  private SampleSums alone(double[] otherWeights, double[] otherScores, int scoreExponent) {
    Gram others = columns.gram(otherWeights);
    return summed(
        columns,
        otherWeights,
        weightExponent,
        otherScores,
        new int[] {scoreExponent},
        1,
        1,
        Locality.effectiveSamples(otherWeights),
        others,
        EXPLAINED);
  }

  /** The rows, of either kind. */
  public Columns columns() {
    return columns;
  }

  /**
   * The rows, where they are masks, n × d.
   *
   * @throws IllegalStateException if these are samples of real numbers, or rows are not kept
   */
  public MaskMatrix masks() {
    return switch (columns) {
      case MaskColumns(MaskMatrix masks) -> masks;
      case SummedColumns _ -> throw SummedColumns.gone();
      case RealColumns _ ->
          throw new IllegalStateException("these samples are rows of real numbers, not masks");
    };
  }

  /** Whether rows, weights and scores are there, and not their sums alone. */
  public boolean keepsRows() {
    return !(columns instanceof SummedColumns);
  }

  private void checkRows() {
    if (!keepsRows()) {
      throw SummedColumns.gone();
    }
  }

  /** Number of classes that have scores. */
  public int classes() {
    return scoreExponents.length;
  }

  /** How many consecutive rows after row 0 depend on each other. */
  public int blockRows() {
    return blockRows;
  }

  /** After multiples of how many rows after row 0 these are balanced; 1 where by chance alone. */
  public int balancedRows() {
    return balancedRows;
  }

  /** Order of the Hadamard matrices that the rows are from; 1 where they are from none. */
  public int order() {
    return balancedRows / blockRows;
  }

  /** (Σw)²/Σw², of those rows that were scored. */
  public double effectiveSamples() {
    return effectiveSamples;
  }

  /** Sums of the rows, of weights divided by 2 to the {@link #weightExponent}. */
  public Gram gram() {
    return gram;
  }

  /** Sums of one class's scores, divided by 2 to its {@link #scoreExponent}, weights as above. */
  public Moments moments(int column) {
    return moments.get(column);
  }

  public int weightExponent() {
    return weightExponent;
  }

  public int scoreExponent(int column) {
    return scoreExponents[column];
  }

  /**
   * Weights as they were summed.
   *
   * @throws IllegalStateException if rows are not kept
   */
  public double[] weights() {
    checkRows();
    return weights;
  }

  /**
   * A score as it was summed.
   *
   * @throws IllegalStateException if rows are not kept
   */
  public double score(int row, int column) {
    checkRows();
    return scores[row * scoreExponents.length + column];
  }

  /** All scores of one class as they were summed, the reader's own. */
  public double[] scores(int column) {
    double[] one = new double[columns.rows()];
    for (int row = 0; row < one.length; row++) {
      one[row] = score(row, column);
    }
    return one;
  }

  /** How many rows carry weight. */
  public int weightyRows() {
    return weightyRows;
  }

  private static int weighty(double[] weights) {
    int count = 0;
    for (double w : weights) {
      count += w > 0 ? 1 : 0;
    }
    return count;
  }
}
