package dev.quicklime.fidelity;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.surrogate.LinearFit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How well a fit tells the scores of samples that it was not made from. Weighted R² on the training
 * rows rises with every superpixel that a fit may use; on these it does not.
 */
public final class HeldOut {

  private final MaskMatrix masks;
  private final double[] weights;
  private final double[] scores;
  private final int classes;

  /**
   * Samples that no fit has seen.
   *
   * @param masks n × d
   * @param weights n finite numbers ≥ 0, not all of them 0; copied
   * @param scores n · classes finite numbers, row by row; copied
   * @param classes how many scores a row has, ≥ 1
   * @throws InvalidInputException if sizes do not match or all weights are 0
   */
  public HeldOut(MaskMatrix masks, double[] weights, double[] scores, int classes) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    if (classes < 1
        || weights.length != masks.rows()
        || scores.length != (long) masks.rows() * classes) {
      throw new InvalidInputException(
          "weights and scores must be %s, one and %s for each mask, got %s and %s"
              .formatted(masks.rows(), classes, weights.length, scores.length));
    }
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    if (!(total > 0)) {
      throw new InvalidInputException("weights must have a sum above 0, got " + total);
    }
    this.masks = masks;
    this.weights = weights.clone();
    this.scores = scores.clone();
    this.classes = classes;
  }

  /**
   * Weighted mean squared error Σw(y − ŷ)²/Σw, in squared units of the score.
   *
   * @param column which of the classes the fit is of, from 0
   */
  public double meanSquaredError(LinearFit fit, int column) {
    Objects.checkIndex(column, classes);
    double[] predictions = predictions(fit);
    double total = 0;
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      double error = scores[row * classes + column] - predictions[row];
      total += weights[row];
      sum += weights[row] * error * error;
    }
    return sum / total;
  }

  /**
   * Weighted R², 1 − Σw(y − ŷ)²/Σw(y − ȳ)²; below 0 where the mean ȳ would have told more. Null
   * where the scores do not vary.
   *
   * @param column which of the classes the fit is of, from 0
   */
  public @Nullable Double r2(LinearFit fit, int column) {
    double error = meanSquaredError(fit, column);
    double total = 0;
    double mean = 0;
    for (int row = 0; row < weights.length; row++) {
      total += weights[row];
      mean += weights[row] * scores[row * classes + column];
    }
    mean /= total;
    double variance = 0;
    for (int row = 0; row < weights.length; row++) {
      double off = scores[row * classes + column] - mean;
      variance += weights[row] * off * off / total;
    }
    return variance > 1e-28 * mean * mean ? 1 - error / variance : null;
  }

  /**
   * Infidelity, the mean of (Σ φⱼ over the filled superpixels − (f(x) − f(x_filled)))² over the
   * samples, all alike, in squared units of the score; Yeh et al., "On the (in)fidelity and
   * sensitivity of explanations", NeurIPS 2019, with the fill as perturbation and coefficients φ.
   *
   * @param original f(x), the score of the unperturbed picture
   * @param column which of the classes the fit is of, from 0
   */
  public double infidelity(LinearFit fit, double original, int column) {
    Objects.checkIndex(column, classes);
    double[] predictions = predictions(fit);
    double whole = fit.localPrediction();
    double sum = 0;
    for (int row = 0; row < predictions.length; row++) {
      double lost = whole - predictions[row];
      double off = lost - (original - scores[row * classes + column]);
      sum += off * off;
    }
    return sum / predictions.length;
  }

  private double[] predictions(LinearFit fit) {
    double[] coefficients = fit.coefficients().stream().mapToDouble(c -> c).toArray();
    if (coefficients.length != masks.columns()) {
      throw new InvalidInputException(
          "the fit must have %s coefficients, got %s"
              .formatted(masks.columns(), coefficients.length));
    }
    double[] predictions = new double[masks.rows()];
    for (int row = 0; row < predictions.length; row++) {
      predictions[row] = masks.sumShown(row, fit.intercept(), coefficients);
    }
    return predictions;
  }
}
