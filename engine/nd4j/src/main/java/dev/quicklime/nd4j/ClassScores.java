package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Scores of C classes, centred at their weighted means and scaled so that their squares fit. */
final class ClassScores {

  /** Row by row. */
  private final double[] scores;

  private final double[] means;
  private final double[] units;

  private ClassScores(double[] scores, double[] means, double[] units) {
    this.scores = scores;
    this.means = means;
    this.units = units;
  }

  static ClassScores of(INDArray scores, RowWeights weights, boolean centred) {
    double[] shares = weights.shares();
    int rank = scores.rank();
    if (rank < 1 || rank > 2 || scores.size(0) != shares.length || scores.length() == 0) {
      throw new InvalidInputException(
          "scores must have a row for each of the %s samples and a column for each class, got"
                  .formatted(shares.length)
              + " shape "
              + Arrays.toString(scores.shape()));
    }
    double[] numbers = onHeap(scores);
    int classes = numbers.length / shares.length;
    double[] means = new double[classes];
    double[] units = new double[classes];
    for (int c = 0; c < classes; c++) {
      means[c] = centred ? mean(numbers, c, classes, weights) : 0;
      for (int i = c; i < numbers.length; i += classes) {
        if (!Double.isFinite(numbers[i])) {
          throw new InvalidInputException("scores must be finite numbers, got " + numbers[i]);
        }
        numbers[i] -= means[c];
        units[c] = Math.max(units[c], Math.abs(numbers[i]));
      }
      if (!(units[c] < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException("scores must not be further apart than a number can be");
      }
      for (int i = c; i < numbers.length; i += classes) {
        numbers[i] = units[c] > 0 ? numbers[i] / units[c] : 0;
      }
    }
    return new ClassScores(numbers, means, units);
  }

  private static double mean(double[] numbers, int column, int classes, RowWeights weights) {
    double[] shares = weights.shares();
    double mean = 0;
    for (int i = 0; i < shares.length; i++) {
      // Divided first: the sum of large scores may leave the range of a number.
      mean += shares[i] / weights.total() * numbers[i * classes + column];
    }
    return mean;
  }

  /** A copy in C order. ND4J's own toDoubleMatrix takes 50 ms for 3,000 numbers. */
  static double[] onHeap(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  /** [n, C], each column from −1 to 1. */
  INDArray centred() {
    return Nd4j.createFromArray(scores).reshape(scores.length / means.length, means.length);
  }

  /**
   * The solution in units of the scores.
   *
   * @param solution [d, C] of the scaled scores
   * @param featureMeans d numbers, zeros where no intercept is fitted
   */
  LinearSolution inUnits(INDArray solution, double[] featureMeans, int rank, List<String> notices) {
    double[] numbers = onHeap(solution);
    int classes = means.length;
    double[] coefficients = new double[numbers.length];
    double[] intercepts = means.clone();
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < featureMeans.length; j++) {
        double coefficient = numbers[j * classes + c] * units[c];
        if (!Double.isFinite(coefficient)) {
          throw new InvalidInputException(
              "features, weights and scores must be finite, and so large or small only that sums of"
                  + " their squares are numbers; a coefficient is "
                  + coefficient);
        }
        coefficients[c * featureMeans.length + j] = coefficient;
        intercepts[c] -= coefficient * featureMeans[j];
      }
    }
    return new LinearSolution(
        Nd4j.createFromArray(coefficients).reshape(classes, featureMeans.length),
        Nd4j.createFromArray(intercepts),
        rank,
        notices);
  }
}
