package dev.quicklime.internal.fit.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenPairsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 60, 89, 104})
  void shouldMakeUpTheMatrixWhateverItsRank(int size) {
    SplittableRandom random = new SplittableRandom(size);
    for (int rank : new int[] {0, 1, 2, 3, 8, size}) {
      for (int trial = 0; trial < 20; trial++) {
        DMatrixRMaj matrix = ofRank(size, rank, random);
        EigenPairs pairs = EigenPairs.of(matrix.copy());
        assertMadeUp(matrix, pairs);
      }
    }
  }

  private static void assertMadeUp(DMatrixRMaj matrix, EigenPairs pairs) {
    int size = matrix.getNumRows();
    double largest = 1e-300;
    for (double value : matrix.getData()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
          sum += pairs.values()[i] * pairs.vectors()[i][a] * pairs.vectors()[i][b];
        }
        assertEquals(matrix.get(a, b), sum, 1e-11 * size * largest, "row " + a + ", column " + b);
      }
    }
  }

  private static DMatrixRMaj ofRank(int size, int rank, SplittableRandom random) {
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int k = 0; k < rank; k++) {
      double[] row = new double[size];
      Arrays.setAll(row, j -> random.nextBoolean() ? 0.5 : -0.5);
      double weight = random.nextDouble();
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          matrix.add(a, b, weight * row[a] * row[b]);
        }
      }
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldLetAFewSamplesOfManySuperpixelsBeFitted(int samples) {
    for (int superpixels = 60; superpixels < 110; superpixels++) {
      for (long seed = 0; seed < 20; seed++) {
        MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), samples, superpixels, seed);
        double[] scores = new double[masks.rows()];
        Arrays.setAll(scores, row -> row * row - 3);
        FitInput input = FitInput.of(masks, Locality.defaults().weights(masks), scores, 1);
        LinearFit fit = SurrogateFitter.fitAll(LeastSquares.defaults(), input).getFirst();
        for (int row = 0; row < scores.length; row++) {
          double value = fit.intercept();
          for (int j = 0; j < superpixels; j++) {
            value += masks.shown(row, j) ? fit.coefficients().get(j) : 0;
          }
          assertEquals(scores[row], value, 1e-6, superpixels + ", " + seed);
        }
      }
    }
  }
}
