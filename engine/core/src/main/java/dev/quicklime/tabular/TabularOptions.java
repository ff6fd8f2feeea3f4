package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.List;
import java.util.Objects;

/**
 * How a row is explained.
 *
 * @param samples rows that are drawn, 2 to 16777216; the explained row is scored besides
 * @param design how they are drawn
 * @param width standard deviation of the locality, in standard deviations of the features: a row at
 *     distance D weighs exp(−D²/(2·width²)), where D² is Σ(εⱼ/σⱼ)² over numeric features, plus 1
 *     for each categorical one that changed; or 0 for 0.75·√(features that vary)
 * @param deviations σ of each numeric column in order, each ≥ 0, where 0 holds a column fixed; or
 *     nothing for those of the data
 * @param oneHot whether a categorical column is handed to the model as one input for each of its
 *     values, 1 for the one that holds and 0 for the others, in place of a code
 * @param target what of a class is explained; a model with one output is explained as it is
 * @param classes which classes are explained
 * @param surrogate what is fitted; its penalties and bounds are about coefficients for one standard
 *     deviation of a feature
 * @param seed decides what is drawn
 */
public record TabularOptions(
    int samples,
    TabularDesign design,
    double width,
    List<Double> deviations,
    boolean oneHot,
    Target target,
    ClassChoice classes,
    Surrogate surrogate,
    long seed) {

  /** Most rows that can be drawn. */
  public static final int MAX_SAMPLES = 1 << 24;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public TabularOptions {
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(deviations, "deviations");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(surrogate, "surrogate");
    deviations = List.copyOf(deviations);
    if (samples < 2 || samples > MAX_SAMPLES) {
      throw new InvalidInputException(
          "samples must be between 2 and " + MAX_SAMPLES + ", got " + samples);
    }
    if (!(width >= 0 && width < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("width must be a positive number, or 0, got " + width);
    }
    if (surrogate instanceof Shapley) {
      throw new InvalidInputException(
          "Shapley values are explained of pictures alone, whose superpixels can be filled, got"
              + " them for rows of a table");
    }
    for (double deviation : deviations) {
      if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException(
            "deviations must be finite and at least 0, got " + deviations);
      }
    }
  }

  /**
   * 5000 independent rows, LIME's width, the data's deviations, the probability of the best class,
   * least squares, seed 0.
   */
  public static TabularOptions defaults() {
    return new TabularOptions(
        5000,
        TabularDesign.GAUSSIAN,
        0,
        List.of(),
        false,
        Target.PROBABILITY,
        ClassChoice.top(1),
        LeastSquares.defaults(),
        0);
  }

  /** The same with another number of rows. */
  public TabularOptions withSamples(int value) {
    return new TabularOptions(
        value, design, width, deviations, oneHot, target, classes, surrogate, seed);
  }

  /** The same with rows drawn otherwise. */
  public TabularOptions withDesign(TabularDesign value) {
    return new TabularOptions(
        samples, value, width, deviations, oneHot, target, classes, surrogate, seed);
  }

  /** The same with another width. */
  public TabularOptions withWidth(double value) {
    return new TabularOptions(
        samples, design, value, deviations, oneHot, target, classes, surrogate, seed);
  }

  /** The same with given deviations. */
  public TabularOptions withDeviations(List<Double> value) {
    return new TabularOptions(
        samples, design, width, value, oneHot, target, classes, surrogate, seed);
  }

  /** The same with categories handed over otherwise. */
  public TabularOptions withOneHot(boolean value) {
    return new TabularOptions(
        samples, design, width, deviations, value, target, classes, surrogate, seed);
  }

  /** The same for another target. */
  public TabularOptions withTarget(Target value) {
    return new TabularOptions(
        samples, design, width, deviations, oneHot, value, classes, surrogate, seed);
  }

  /** The same for other classes. */
  public TabularOptions withClasses(ClassChoice value) {
    return new TabularOptions(
        samples, design, width, deviations, oneHot, target, value, surrogate, seed);
  }

  /** The same with another surrogate. */
  public TabularOptions withSurrogate(Surrogate value) {
    return new TabularOptions(
        samples, design, width, deviations, oneHot, target, classes, value, seed);
  }

  /** The same with another seed. */
  public TabularOptions withSeed(long value) {
    return new TabularOptions(
        samples, design, width, deviations, oneHot, target, classes, surrogate, value);
  }
}
