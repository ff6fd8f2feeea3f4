package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.surrogate.LinearFit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The perturbed samples of an explanation and what the classifier made of them, in the number
 * format of the forward pass. Row 0 is the original, of which an explanation may show scores of
 * more bits. Immutable: arrays that are handed out are copies.
 */
public final class Samples {

  private final MaskMatrix masks;
  private final double[] weights;
  private final double[] scores;
  private final List<Integer> classes;

  /** Kept, as pages and files of the same explanation ask for it. */
  private @Nullable Beside beside;

  /** What least squares make of the samples where they were drawn by some options. */
  private record Beside(ExplainOptions options, List<LinearFit> fits) {}

  private Samples(MaskMatrix masks, double[] weights, double[] scores, List<Integer> classes) {
    if (weights.length != masks.rows() || scores.length != (long) masks.rows() * classes.size()) {
      throw new InvalidInputException(
          "samples of %s rows and %s classes must have as many weights and scores, got %s and %s"
              .formatted(masks.rows(), classes.size(), weights.length, scores.length));
    }
    this.masks = masks;
    this.weights = weights;
    this.scores = scores;
    this.classes = List.copyOf(classes);
  }

  /**
   * Samples of copied numbers.
   *
   * @param masks n + 1 rows, d columns
   * @param weights n + 1 weights as used in the fit
   * @param scores (n + 1) · C values of the target, row by row, the explained classes in order
   * @param classes indices of the C explained classes
   * @throws InvalidInputException if the sizes do not match
   */
  public static Samples of(
      MaskMatrix masks, double[] weights, double[] scores, List<Integer> classes) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(classes, "classes");
    return new Samples(masks, weights.clone(), scores.clone(), classes);
  }

  /** Samples of arrays that nobody else writes to: they may be megabytes. */
  static Samples owning(
      MaskMatrix masks, double[] weights, double[] scores, List<Integer> classes) {
    return new Samples(masks, weights, scores, classes);
  }

  /** Which superpixels each row shows, n + 1 rows of d columns. */
  public MaskMatrix masks() {
    return masks;
  }

  /** The n + 1 weights as used in the fit; a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** Values of the target, row by row, the explained classes in order; a copy. */
  public double[] scores() {
    return scores.clone();
  }

  /** Indices of the C explained classes. */
  public List<Integer> classes() {
    return classes;
  }

  /** Number of rows, the original included. */
  public int rows() {
    return masks.rows();
  }

  /**
   * Weight of a row in the fit.
   *
   * @param row sample, 0 for the original
   */
  public double weight(int row) {
    return weights[row];
  }

  /**
   * Value of the target.
   *
   * @param row sample, 0 for the original
   * @param position position of the class among the explained ones
   */
  public double score(int row, int position) {
    return scores[row * classes.size() + position];
  }

  /**
   * What least squares make of them, computed where it was not asked for last by the same options.
   */
  synchronized List<LinearFit> leastSquares(
      ExplainOptions options, Supplier<List<LinearFit>> computed) {
    Beside found = beside;
    if (found == null || !found.options().equals(options)) {
      found = new Beside(options, List.copyOf(computed.get()));
      beside = found;
    }
    return found.fits();
  }

  /** The weights themselves, not to be written to. */
  double[] ownWeights() {
    return weights;
  }

  /** The scores themselves, not to be written to. */
  double[] ownScores() {
    return scores;
  }
}
