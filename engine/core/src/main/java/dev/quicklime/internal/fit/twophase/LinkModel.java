package dev.quicklime.internal.fit.twophase;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.linear.RowInfluence;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * A model of one class's scores that bends: score ≈ h(t), where t = b + Σ βⱼzⱼ is a linear index
 * and h a cubic, to which a logistic curve is added where all scores lie between 0 and 1. There the
 * index is that of a logistic regression; elsewhere, of least squares. It has interactions of every
 * order, but only five or six numbers more than a linear model to learn. Immutable.
 */
public final class LinkModel {

  /** Numbers of a curve, at most. */
  public static final int MOST_TERMS = 5;

  /** Ridge penalty of the logistic regression for each unit of weight, so that it always ends. */
  private static final double SHRINKAGE = 2.5e-4;

  private static final int MOST_STEPS = 25;

  /** Beyond this a logistic curve is flat. */
  private static final double FLAT = 12;

  /** Working weights under this would make a single row decide a step. */
  private static final double LEAST_SLOPE = 0.02;

  /** The cubic is not followed further out than this, in deviations of the index. */
  private static final double REACH = 4;

  private final double[] beta;
  private final double intercept;
  private final boolean logistic;
  private final double centre;
  private final double deviation;
  private final double[] curve;
  private final double[] slopes;

  private LinkModel(
      double[] beta,
      double intercept,
      boolean logistic,
      double centre,
      double deviation,
      double[] curve,
      double[] slopes) {
    this.beta = beta;
    this.intercept = intercept;
    this.logistic = logistic;
    this.centre = centre;
    this.deviation = deviation;
    this.curve = curve;
    this.slopes = slopes;
  }

  /** Learns a model from one class, or gives null where its scores do not vary. */
  public static @Nullable LinkModel of(SampleSums samples, int column) {
    return learnt(samples, column, samples.weights(), null);
  }

  /**
   * The same with other weights, with which the model will be near another one.
   *
   * @param weights as heavy together as those of the samples
   */
  static @Nullable LinkModel near(
      LinkModel other, SampleSums samples, int column, double[] weights) {
    return learnt(samples, column, weights, other);
  }

  private static @Nullable LinkModel learnt(
      SampleSums samples, int column, double[] weights, @Nullable LinkModel near) {
    double[] scores = samples.scores(column);
    boolean logistic = betweenNoughtAndOne(scores, samples.scoreExponent(column));
    LinkModel line =
        logistic
            ? logistic(samples, column, weights, near)
            : linear(samples, column, weights, near);
    double[] index = line.indices(samples.masks());
    double total = Arrays.stream(weights).sum();
    double centre = 0;
    for (int i = 0; i < index.length; i++) {
      centre += weights[i] / total * index[i];
    }
    double square = 0;
    for (int i = 0; i < index.length; i++) {
      square += weights[i] / total * (index[i] - centre) * (index[i] - centre);
    }
    double deviation = Math.sqrt(square);
    if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      return null;
    }
    LinkModel scaled =
        new LinkModel(
            line.beta, line.intercept, logistic, centre, deviation, new double[0], line.slopes);
    double[] curve = scaled.curve(index, weights, scores);
    for (double c : curve) {
      if (!Double.isFinite(c)) {
        return null;
      }
    }
    return new LinkModel(
        line.beta, line.intercept, logistic, centre, deviation, curve, line.slopes);
  }

  private static boolean betweenNoughtAndOne(double[] scores, int exponent) {
    for (double score : scores) {
      if (!(score >= 0 && score <= 1)) {
        return false;
      }
    }
    return exponent == 0;
  }

  private static LinkModel linear(
      SampleSums samples, int column, double[] weights, @Nullable LinkModel near) {
    ClassProblem problem =
        near == null
            ? new ClassProblem(samples, column, QuadraticForm.of(samples.gram(), true))
            : weighted(samples, weights, samples.scores(column).clone());
    return index(problem, 0, new double[0]);
  }

  private static LinkModel index(ClassProblem problem, double alpha, double[] slopes) {
    double[] beta = RidgeFits.ridge(alpha, problem, new ArrayList<>()).beta();
    double intercept = problem.moments().mean() - problem.atMean(beta);
    boolean logistic = slopes.length > 0;
    return new LinkModel(beta, intercept, logistic, 0, 1, new double[0], slopes);
  }

  /**
   * Logistic regression by iterated least squares: each step fits η + (y − μ)/s with weights w·s,
   * where μ is the curve at the last index η and s its slope there.
   */
  private static LinkModel logistic(
      SampleSums samples, int column, double[] weights, @Nullable LinkModel near) {
    double[] scores = samples.scores(column);
    double[] index = new double[scores.length];
    if (near == null) {
      double mean = Math.clamp(samples.moments(column).mean(), 1e-3, 1 - 1e-3);
      Arrays.fill(index, Math.log(mean / (1 - mean)));
    } else {
      index = clamped(near.indices(samples.masks()));
    }
    double[] working = new double[scores.length];
    double[] slopes = new double[scores.length];
    LinkModel last =
        new LinkModel(
            new double[samples.masks().columns()], index[0], true, 0, 1, new double[0], slopes);
    for (int step = 0; step < MOST_STEPS; step++) {
      for (int i = 0; i < scores.length; i++) {
        double value = sigmoid(index[i]);
        double slope = Math.max(LEAST_SLOPE, value * (1 - value));
        working[i] = index[i] + (scores[i] - value) / slope;
        slopes[i] = weights[i] * slope;
      }
      double[] local = slopes.clone();
      ClassProblem problem = weighted(samples, local, working.clone());
      last = index(problem, problem.ridgeAlpha(lambda(samples, problem)), local);
      double[] next = clamped(last.indices(samples.masks()));
      double change = 0;
      for (int i = 0; i < next.length; i++) {
        change = Math.max(change, Math.abs(next[i] - index[i]));
      }
      index = next;
      if (change < 1e-6) {
        break;
      }
    }
    return last;
  }

  private static double[] clamped(double[] indices) {
    for (int i = 0; i < indices.length; i++) {
      indices[i] = Math.clamp(indices[i], -FLAT, FLAT);
    }
    return indices;
  }

  private static ClassProblem weighted(SampleSums samples, double[] weights, double[] scores) {
    SampleSums local = samples.refilled(weights, scores);
    return new ClassProblem(local, 0, QuadraticForm.of(local.gram(), true));
  }

  /** The shrinkage beside a mean of squares with working weights. */
  private static double lambda(SampleSums samples, ClassProblem problem) {
    return SHRINKAGE * samples.gram().totalWeight() / problem.sums().gram().totalWeight();
  }

  /**
   * Working weights wᵢ·sᵢ of the last step of a logistic regression, s being the curve's slopes;
   * nothing for least squares.
   */
  public double[] slopes() {
    return slopes;
  }

  /**
   * Leverages of the samples in a logistic regression that ended with some working weights; null
   * where these leave it undetermined.
   */
  public static @Nullable RowInfluence leverages(SampleSums samples, double[] slopes) {
    ClassProblem problem = weighted(samples, slopes, new double[slopes.length]);
    int[] all = IntStream.range(0, problem.size()).toArray();
    SymmetricSystem system = new SymmetricSystem(problem.equations(), all);
    return system.size() > 0 && system.factor(lambda(samples, problem))
        ? new RowInfluence(problem, system)
        : null;
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  /** Fits the curve by least squares, in which a direction that the rows do not show stays 0. */
  private double[] curve(double[] index, double[] weights, double[] scores) {
    int terms = logistic ? MOST_TERMS : MOST_TERMS - 1;
    DMatrixRMaj rows = new DMatrixRMaj(index.length, terms);
    DMatrixRMaj values = new DMatrixRMaj(index.length, 1);
    double[] row = new double[terms];
    for (int i = 0; i < index.length; i++) {
      double root = Math.sqrt(weights[i]);
      terms(index[i], row);
      for (int k = 0; k < terms; k++) {
        rows.set(i, k, root * row[k]);
      }
      values.set(i, 0, root * scores[i]);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.pseudoInverse(false);
    DMatrixRMaj solution = new DMatrixRMaj(terms, 1);
    if (!solver.setA(rows)) {
      return new double[] {Double.NaN};
    }
    solver.solve(values, solution);
    return solution.getData().clone();
  }

  private void terms(double index, double[] into) {
    double t = Math.clamp((index - centre) / deviation, -REACH, REACH);
    into[0] = 1;
    into[1] = t;
    into[2] = t * t;
    into[3] = t * t * t;
    if (logistic) {
      into[4] = sigmoid(index);
    }
  }

  private double[] indices(MaskMatrix masks) {
    return new ShownSums(beta).of(masks, intercept);
  }

  /** The model's values for some masks. */
  public double[] values(MaskMatrix masks) {
    double[] values = indices(masks);
    double[] row = new double[curve.length];
    for (int i = 0; i < values.length; i++) {
      terms(values[i], row);
      double sum = 0;
      for (int k = 0; k < curve.length; k++) {
        sum += curve[k] * row[k];
      }
      values[i] = sum;
    }
    return values;
  }
}
