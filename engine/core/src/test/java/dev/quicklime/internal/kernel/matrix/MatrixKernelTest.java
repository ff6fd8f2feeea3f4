package dev.quicklime.internal.kernel.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels that solve for coefficients. */
class MatrixKernelTest {

  /** A positive definite matrix, its rows filled up to a multiple of eight. */
  private static double[] matrix(int size, int stride, Random random) {
    double[][] rows = new double[size + 3][size];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    double[] matrix = new double[stride * stride];
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < size; k++) {
        double sum = j == k ? 0.1 : 0;
        for (double[] row : rows) {
          sum += row[j] * row[k] / size;
        }
        matrix[j * stride + k] = sum;
      }
    }
    return matrix;
  }

  private static int stride(int size) {
    return (size + 7) / 8 * 8;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63, 64, 65, 127, 129})
  void shouldSweepToTheLastBitAsTheScalarLoopDoes(int size) {
    Random random = new Random(size);
    int stride = stride(size);
    double[] matrix = matrix(size, stride, random);
    if (size > 2) {
      matrix[2 * stride + 2] = 0;
    }
    double[] linear = Arrays.copyOf(random.doubles(size, -1, 1).toArray(), stride);
    double[][] betas = new double[2][stride];
    double[][] gradients = {linear.clone(), linear.clone()};
    for (int sweep = 0; sweep < 5; sweep++) {
      double[] steps = new double[2];
      for (Implementation form : Implementation.values()) {
        int i = form.ordinal();
        steps[i] =
            KernelSet.of(form)
                .sweep()
                .sweep(matrix, stride, size, 1e-13, 0.3, betas[i], gradients[i]);
      }
      assertEquals(steps[0], steps[1]);
      assertArrayEquals(betas[0], betas[1]);
      assertArrayEquals(gradients[0], gradients[1]);
    }
    if (size > 2) {
      assertEquals(0, betas[1][2]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63, 64, 65, 127, 129})
  void shouldSubtractRowsToTheLastBitAsTheScalarLoopDoes(int size) {
    Random random = new Random(size);
    int stride = stride(size);
    double[] matrix = random.doubles((long) stride * stride, -1, 1).toArray();
    double[] base = random.doubles(stride + 3L, -1, 1).toArray();
    int[] rows = random.ints(size, 0, stride).toArray();
    double[] factors = random.doubles(size, -1, 1).toArray();
    for (int count : new int[] {0, 1, size}) {
      double[][] outs = new double[2][];
      for (Implementation form : Implementation.values()) {
        double[] out = new double[stride + 7];
        KernelSet.of(form)
            .combine()
            .subtract(base, 3, matrix, stride, rows, count, factors, out, 5);
        outs[form.ordinal()] = out;
      }
      assertArrayEquals(outs[0], outs[1]);
      double expected = base[3];
      for (int i = 0; i < count; i++) {
        expected -= factors[i] * matrix[rows[i] * stride];
      }
      assertEquals(expected, outs[1][5]);
      assertEquals(0, outs[1][4] + outs[1][stride + 5]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63, 64, 65, 127, 129})
  void shouldSolveWithTheFactor(int size) {
    Random random = new Random(size);
    for (int stride : new int[] {stride(size), stride(size) + 24}) {
      double[] matrix = matrix(size, stride, random);
      double[] solution = random.doubles(size, -1, 1).toArray();
      double[] right = new double[stride];
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          right[j] += matrix[j * stride + k] * solution[k];
        }
      }
      for (Implementation form : Implementation.values()) {
        FactorKernel kernel = KernelSet.of(form).factor();
        double[] factor = matrix.clone();
        assertTrue(kernel.factor(factor, stride, size, new double[size]));
        double[] vector = right.clone();
        Arrays.fill(vector, size, stride, 5);
        kernel.forward(factor, stride, size, vector);
        double[] twice = Arrays.stream(vector).map(x -> 2 * x).toArray();
        kernel.backward(factor, stride, size, vector, twice);
        assertArrayEquals(solution, Arrays.copyOf(vector, size), 1e-11);
        assertEquals(2 * vector[0], twice[0]);
        assertEquals(0, size < stride ? vector[stride - 1] + twice[stride - 1] : 0);
      }
    }
  }

  @Test
  void shouldRefuseAMatrixThatIsSingular() {
    for (Implementation form : Implementation.values()) {
      double[] matrix = new double[64];
      matrix[0] = matrix[1] = matrix[8] = matrix[9] = 0.3;
      assertFalse(KernelSet.of(form).factor().factor(matrix, 8, 2, new double[2]));
      assertFalse(KernelSet.of(form).factor().factor(new double[64], 8, 2, new double[2]));
      double[] undefined = new double[64];
      undefined[0] = Double.NaN;
      assertFalse(KernelSet.of(form).factor().factor(undefined, 8, 1, new double[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 9, 13, 31, 63, 64, 65, 127})
  void shouldMendAFactorThatLostAColumn(int size) {
    Random random = new Random(size);
    int stride = stride(size);
    double[] matrix = matrix(size, stride, random);
    for (int gone : new int[] {0, size / 2, size - 2, size - 1}) {
      for (Implementation form : Implementation.values()) {
        FactorKernel kernel = KernelSet.of(form).factor();
        double[] factor = matrix.clone();
        assertTrue(kernel.factor(factor, stride, size, new double[size]));
        double[] less = new double[stride * stride];
        for (int i = 0; i < size; i++) {
          for (int j = i; j < size; j++) {
            if (j != gone) {
              less[i * stride + (j < gone ? j : j - 1)] = factor[i * stride + j];
            }
          }
        }
        double[] rows = less.clone();
        kernel.restore(less, stride, gone, size - 1, rows);
        for (int i = 0; i < size - 1; i++) {
          for (int j = i; j < size - 1; j++) {
            assertEquals(less[i * stride + j], rows[i * stride + j], 1e-15);
          }
        }
        for (int j = 0; j < size - 1; j++) {
          for (int k = 0; k < size - 1; k++) {
            double product = 0;
            for (int i = 0; i <= Math.min(j, k); i++) {
              product += less[i * stride + j] * less[i * stride + k];
            }
            double expected = matrix[(j < gone ? j : j + 1) * stride + (k < gone ? k : k + 1)];
            assertEquals(expected, product, 1e-12);
          }
        }
      }
    }
  }
}
