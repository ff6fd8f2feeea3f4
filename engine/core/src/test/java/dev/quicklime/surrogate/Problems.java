package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.sums.Dense;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.Random;

/**
 * A generated problem in plain arrays.
 *
 * @param masks the masks
 * @param x the same as numbers
 * @param w weights
 * @param y scores of one class
 */
@SuppressWarnings("ArrayRecordComponent")
public record Problems(MaskMatrix masks, double[][] x, double[] w, double[] y) {

  /** Masks of a seed with LIME's weights; every third superpixel matters, and some noise. */
  public static Problems of(int samples, int columns, long seed) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), samples, columns, seed);
    return of(masks, Locality.defaults().weights(masks), seed);
  }

  public static Problems of(MaskMatrix masks, double[] w, long seed) {
    Random random = new Random(seed);
    double[] effects = new double[masks.columns()];
    Arrays.setAll(effects, j -> j % 3 == 0 ? random.nextGaussian() : 0);
    double[] y = new double[masks.rows()];
    double[][] x = Dense.matrix(masks);
    for (int i = 0; i < y.length; i++) {
      y[i] = 3 + 0.5 * random.nextGaussian();
      for (int j = 0; j < effects.length; j++) {
        y[i] += x[i][j] * effects[j];
      }
    }
    return new Problems(masks, x, w, y);
  }

  /** Random masks whose last columns repeat the first one, are always shown, are never shown. */
  static Problems degenerate(int samples, int columns, long seed) {
    Random random = new Random(seed);
    boolean[][] shown = new boolean[samples][columns];
    for (boolean[] row : shown) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextBoolean();
      }
      row[columns - 3] = row[0];
      row[columns - 2] = true;
      row[columns - 1] = false;
    }
    MaskMatrix masks = MaskMatrix.of(shown);
    return of(masks, random.doubles(samples).toArray(), seed);
  }

  public Problems withScores(double[] scores) {
    return new Problems(masks, x, w, scores);
  }

  public Problems withWeights(double[] weights) {
    return new Problems(masks, x, weights, y);
  }

  FitInput input() {
    return FitInput.of(masks, w, y, 1);
  }

  public LinearFit fit(Surrogate surrogate) {
    return SurrogateFitter.fit(surrogate, input(), 0);
  }

  /** Intervals that a fit must have. */
  public static Intervals.Margins margins(LinearFit fit) {
    return assertInstanceOf(Intervals.Margins.class, fit.intervals());
  }

  double totalWeight() {
    return Arrays.stream(w).sum();
  }

  public double[] residuals(LinearFit fit) {
    double[] residuals = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      residuals[i] = y[i] - fit.intercept();
      for (int j = 0; j < x[i].length; j++) {
        residuals[i] -= x[i][j] * fit.coefficients().get(j);
      }
    }
    return residuals;
  }

  /** Σ w·z_j·r. */
  double[] correlations(LinearFit fit) {
    double[] residuals = residuals(fit);
    double[] correlations = new double[x[0].length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < correlations.length; j++) {
        correlations[j] += w[i] * x[i][j] * residuals[i];
      }
    }
    return correlations;
  }

  /** Σ w·r². */
  double loss(LinearFit fit) {
    double[] residuals = residuals(fit);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += w[i] * residuals[i] * residuals[i];
    }
    return sum;
  }

  /** Σ w·r² of the least-squares fit with an intercept to some columns. */
  double loss(int... columns) {
    double[][] some = new double[y.length][columns.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        some[i][j] = x[i][columns[j]];
      }
    }
    double[] fit = Dense.leastSquares(some, y, w);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double residual = y[i] - fit[0];
      for (int j = 0; j < columns.length; j++) {
        residual -= some[i][j] * fit[j + 1];
      }
      sum += w[i] * residual * residual;
    }
    return sum;
  }
}
