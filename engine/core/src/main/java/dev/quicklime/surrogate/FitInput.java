package dev.quicklime.surrogate;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Locality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks or rows of real numbers, weights and the scores of some classes, summed up once for all
 * surrogates. Scores or weights that are so large or so small that their products would leave the
 * range of a number are divided by a power of two, which costs no digit; fits are given in the
 * original units. Immutable and safe for use by several threads; what it is made from must not be
 * changed any more.
 */
public final class FitInput {

  /** Powers of two up to which products of four factors and a million rows stay in range. */
  private static final int TAME = 150;

  /**
   * A model that bends learns this many numbers more than a linear one, at most, and needs some.
   */
  private static final int SPARE_ROWS = 16;

  private static final double[][] NO_SLOPES = {};

  private final Columns columns;
  private final double[] weights;
  private final double[] scores;
  private final int classes;
  private final int weightExponent;
  private final int[] scoreExponents;
  private final Gram gram;
  private final List<Moments> moments;
  private final double effectiveSamples;
  private final @Nullable FitInput scored;
  private final int blockRows;
  private final double[][] slopes;

  FitInput(
      MaskMatrix masks,
      double[] weights,
      int weightExponent,
      double[] scores,
      int[] scoreExponents) {
    this(new MaskColumns(masks), weights, weightExponent, scores, scoreExponents);
  }

  private FitInput(
      Columns columns,
      double[] weights,
      int weightExponent,
      double[] scores,
      int[] scoreExponents) {
    this(
        columns,
        weights,
        weightExponent,
        scores,
        scoreExponents,
        1,
        null,
        new double[0],
        NO_SLOPES);
  }

  /**
   * Samples, or the completion of some.
   *
   * @param scored what was completed, less what the completion knows of its scores; or null
   * @param noise for each class the weighted mean square of what it does not know; or nothing
   * @param slopes for each class the working weights of its logistic regression; or nothing
   */
  private FitInput(
      Columns columns,
      double[] weights,
      int weightExponent,
      double[] scores,
      int[] scoreExponents,
      int blockRows,
      @Nullable FitInput scored,
      double[] noise,
      double[][] slopes) {
    this.columns = columns;
    this.weights = weights;
    this.weightExponent = weightExponent;
    this.scores = scores;
    this.scoreExponents = scoreExponents;
    classes = scoreExponents.length;
    gram = columns.gram(weights);
    List<Moments> sums = new ArrayList<>(columns.moments(weights, scores, classes));
    for (int c = 0; c < noise.length; c++) {
      sums.set(c, sums.get(c).with(noise[c] * gram.totalWeight()));
    }
    moments = List.copyOf(sums);
    this.blockRows = blockRows;
    this.scored = scored;
    this.slopes = slopes;
    effectiveSamples = Locality.effectiveSamples(scored == null ? weights : scored.weights);
  }

  /**
   * Sums up samples.
   *
   * @param masks n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   * @param scores n · classes finite numbers, row by row
   * @param classes how many scores a row has, ≥ 1
   * @throws IllegalArgumentException if sizes do not match or a number is out of range
   */
  public static FitInput of(MaskMatrix masks, double[] weights, double[] scores, int classes) {
    return of(masks, weights, scores, classes, 1);
  }

  /**
   * Sums up samples whose rows depend on each other.
   *
   * @param blockRows how many consecutive rows after row 0 do, 1 or 2; see {@link
   *     MaskSampler#blockRows}
   * @throws IllegalArgumentException if sizes do not match or a number is out of range
   */
  public static FitInput of(
      MaskMatrix masks, double[] weights, double[] scores, int classes, int blockRows) {
    return of(new MaskColumns(masks), weights, scores, classes, blockRows);
  }

  /**
   * Sums up samples of real numbers.
   *
   * @param features n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   * @param scores n · classes finite numbers, row by row
   * @param classes how many scores a row has, ≥ 1
   * @param blockRows how many consecutive rows after row 0 depend on each other, 1 or 2
   * @throws IllegalArgumentException if sizes do not match or a number is out of range
   */
  public static FitInput of(
      FeatureMatrix features, double[] weights, double[] scores, int classes, int blockRows) {
    return of(new RealColumns(features), weights, scores, classes, blockRows);
  }

  private static FitInput of(
      Columns columns, double[] weights, double[] scores, int classes, int blockRows) {
    Checks.given(weights, scores);
    if (blockRows != 1 && blockRows != 2) {
      throw new IllegalArgumentException("block rows must be 1 or 2, got " + blockRows);
    }
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
    if (weights.length != columns.rows() || scores.length != (long) columns.rows() * classes) {
      throw new IllegalArgumentException(
          "weights and scores must be %d, one and %d for each row, got %d and %d"
              .formatted(columns.rows(), classes, weights.length, scores.length));
    }
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("scores must be finite numbers, got " + score);
      }
    }
    int weightExponent = exponent(weights, 0, 1);
    int[] exponents = new int[classes];
    for (int c = 0; c < classes; c++) {
      exponents[c] = exponent(scores, c, classes);
    }
    return new FitInput(
        columns,
        scaled(weights, weightExponent),
        weightExponent,
        scaled(scores, exponents),
        exponents,
        blockRows,
        null,
        new double[0],
        NO_SLOPES);
  }

  /**
   * The same samples with their estimate completed over masks that nobody scored, as a {@link
   * TwoPhase} design has it: a model that bends is learnt from the samples; what it misses of them
   * is fitted linearly; and both together stand in for the scores of all these masks. In the limit
   * of many samples every surrogate comes to the same fit as without.
   *
   * @param unscored masks of the same columns, drawn by the law whose limit is wanted
   * @param unscoredWeights their weights, finite numbers ≥ 0, not all of them 0
   * @return the completed samples; or this, where there are too few to learn from
   * @throws IllegalArgumentException if sizes do not match
   */
  public FitInput completed(MaskMatrix unscored, double[] unscoredWeights) {
    MaskMatrix masks = masks();
    if (unscored.columns() != masks.columns() || unscoredWeights.length != unscored.rows()) {
      throw new IllegalArgumentException(
          "unscored masks must have %d columns and as many weights as rows, got %d, %d and %d"
              .formatted(
                  masks.columns(), unscored.columns(), unscoredWeights.length, unscored.rows()));
    }
    if (!(Arrays.stream(unscoredWeights).sum() > 0)) {
      throw new IllegalArgumentException("unscored masks must have a weight above 0, got none");
    }
    return weightyRows() > masks.columns() + SPARE_ROWS
        ? new Completion(this, unscored, unscoredWeights).input()
        : this;
  }

  /** Samples that stand for others, see {@link #completed}. */
  static FitInput completion(
      FitInput scored,
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      double[] noise,
      double[][] slopes) {
    return new FitInput(
        new MaskColumns(masks),
        weights,
        scored.weightExponent,
        scores,
        scored.scoreExponents,
        1,
        scored,
        noise,
        slopes);
  }

  /** Working weights of the logistic regression that a class was completed by, or nothing. */
  double[] slopes(int column) {
    return slopes[column];
  }

  /** The same samples with other scores, in the units of {@link #score}. */
  FitInput rescored(double[] others) {
    return new FitInput(
        columns,
        weights,
        weightExponent,
        others,
        scoreExponents,
        blockRows,
        null,
        new double[0],
        NO_SLOPES);
  }

  /** What was completed, less what the completion knows of its scores; null if nothing was. */
  @Nullable FitInput scored() {
    return scored;
  }

  private static int exponent(double[] values, int first, int step) {
    double largest = 0;
    for (int i = first; i < values.length; i += step) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return 0;
    }
    int exponent = Math.getExponent(largest);
    return Math.abs(exponent) > TAME ? exponent : 0;
  }

  private static double[] scaled(double[] values, int... exponents) {
    if (Arrays.stream(exponents).allMatch(e -> e == 0)) {
      return values;
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = Math.scalb(values[i], -exponents[i % exponents.length]);
    }
    return scaled;
  }

  /**
   * The masks that are fitted, n × d; of completed samples, those that nobody scored.
   *
   * @throws IllegalStateException if these are samples of real numbers
   */
  public MaskMatrix masks() {
    if (!(columns instanceof MaskColumns(MaskMatrix masks))) {
      throw new IllegalStateException("these samples are rows of real numbers, not masks");
    }
    return masks;
  }

  /** The rows that are fitted, of either kind. */
  Columns columns() {
    return columns;
  }

  /** Whether these samples stand for others that were scored, see {@link #completed}. */
  public boolean isCompletion() {
    return scored != null;
  }

  /** Weight of a mask, in the units in which weights were given, up to their sum. */
  public double weight(int row) {
    return Math.scalb(weights[row], weightExponent);
  }

  /** Score of a mask, or what stands for it, in the units in which scores were given. */
  public double target(int row, int column) {
    return Math.scalb(score(row, column), scoreExponents[column]);
  }

  /** Number of classes that have scores. */
  public int classes() {
    return classes;
  }

  /** (Σw)²/Σw². */
  public double effectiveSamples() {
    return effectiveSamples;
  }

  /**
   * Knots of a class's path in units of the score.
   *
   * @param column which of the classes, from 0
   * @param letsGo whether a coefficient that reaches 0 leaves, as in a Lasso; otherwise least angle
   *     regression
   * @param intercept whether fits have an intercept
   * @return for each knot α, then the d coefficients
   */
  public List<double[]> knots(int column, boolean letsGo, boolean intercept) {
    ClassProblem problem = new ClassProblem(this, column, QuadraticForm.of(gram, intercept));
    CoefficientPath path =
        letsGo ? LassoPath.of(problem.equations(), 0) : LarsPath.of(problem.equations(), 0);
    List<double[]> knots = new ArrayList<>();
    for (int knot = 0; knot < path.knots(); knot++) {
      double[] row = new double[path.columns() + 1];
      row[0] = problem.unscored(path.alpha(knot));
      double[] beta = path.coefficients(path.alpha(knot));
      for (int j = 0; j < beta.length; j++) {
        row[j + 1] = problem.unscored(beta[j]);
      }
      knots.add(row);
    }
    return knots;
  }

  /** Sums of the masks, of weights divided by 2 to the {@link #weightExponent}. */
  Gram gram() {
    return gram;
  }

  /** Sums of one class's scores, divided by 2 to its {@link #scoreExponent}, weights as above. */
  Moments moments(int column) {
    return moments.get(column);
  }

  /** Weights as they were summed; not to be written to. */
  double[] weights() {
    return weights;
  }

  /** A score as it was summed. */
  double score(int row, int column) {
    return scores[row * classes + column];
  }

  /** How many consecutive rows after row 0 depend on each other. */
  int blockRows() {
    return blockRows;
  }

  int weightExponent() {
    return weightExponent;
  }

  int scoreExponent(int column) {
    return scoreExponents[column];
  }

  /** One class of the same samples with other weights, in the units of {@link #weights()}. */
  FitInput reweighted(double[] others, int column) {
    return new FitInput(
        columns, others, weightExponent, scores(column), new int[] {scoreExponents[column]});
  }

  /** All scores of one class as they were summed. */
  double[] scores(int column) {
    double[] one = new double[columns.rows()];
    for (int row = 0; row < one.length; row++) {
      one[row] = score(row, column);
    }
    return one;
  }

  /** How many rows carry weight. */
  int weightyRows() {
    int count = 0;
    for (double w : weights) {
      count += w > 0 ? 1 : 0;
    }
    return count;
  }
}
