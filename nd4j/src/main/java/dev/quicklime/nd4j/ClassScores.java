package dev.quicklime.nd4j;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Scores of C classes, centred at their weighted means and scaled so that their squares fit. */
final class ClassScores {

  private final double[][] scores;
  private final double[] means;
  private final double[] units;

  private ClassScores(double[][] scores, double[] means, double[] units) {
    this.scores = scores;
    this.means = means;
    this.units = units;
  }

  static ClassScores of(INDArray scores, RowWeights weights, boolean centred) {
    double[] shares = weights.shares();
    int rank = scores.rank();
    if (rank < 1 || rank > 2 || scores.size(0) != shares.length || scores.length() == 0) {
      throw new IllegalArgumentException(
          "scores must have a row for each of the %d samples and a column for each class, got"
                  .formatted(shares.length)
              + " shape "
              + Arrays.toString(scores.shape()));
    }
    long classes = rank == 1 ? 1 : scores.size(1);
    double[][] rows =
        scores.castTo(DataType.DOUBLE).dup('c').reshape(shares.length, classes).toDoubleMatrix();
    double[] means = new double[rows[0].length];
    double[] units = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = centred ? mean(rows, c, weights) : 0;
      for (double[] row : rows) {
        if (!Double.isFinite(row[c])) {
          throw new IllegalArgumentException("scores must be finite numbers, got " + row[c]);
        }
        row[c] -= means[c];
        units[c] = Math.max(units[c], Math.abs(row[c]));
      }
      if (!(units[c] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("scores must not be further apart than a number can be");
      }
      for (double[] row : rows) {
        row[c] = units[c] > 0 ? row[c] / units[c] : 0;
      }
    }
    return new ClassScores(rows, means, units);
  }

  private static double mean(double[][] rows, int column, RowWeights weights) {
    double mean = 0;
    for (int i = 0; i < rows.length; i++) {
      // Divided first: the sum of large scores may leave the range of a number.
      mean += weights.shares()[i] / weights.total() * rows[i][column];
    }
    return mean;
  }

  /** [n, C], each column from −1 to 1. */
  INDArray centred() {
    return Nd4j.createFromArray(scores);
  }

  /**
   * The solution in units of the scores.
   *
   * @param solution [d, C] of the scaled scores
   * @param featureMeans d numbers, zeros where no intercept is fitted
   */
  LinearSolution inUnits(
      double[][] solution, double[] featureMeans, int rank, List<String> notices) {
    double[][] coefficients = new double[means.length][solution.length];
    double[] intercepts = means.clone();
    for (int c = 0; c < means.length; c++) {
      for (int j = 0; j < solution.length; j++) {
        double coefficient = solution[j][c] * units[c];
        if (!Double.isFinite(coefficient)) {
          throw new IllegalArgumentException(
              "features, weights and scores must be finite, and so large or small only that sums of"
                  + " their squares are numbers; a coefficient is "
                  + coefficient);
        }
        coefficients[c][j] = coefficient;
        intercepts[c] -= coefficient * featureMeans[j];
      }
    }
    return new LinearSolution(
        Nd4j.createFromArray(coefficients), Nd4j.createFromArray(intercepts), rank, notices);
  }
}
