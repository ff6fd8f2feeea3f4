package dev.quicklime.internal.kernel.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels that work on masks by column. */
class BitKernelTest {

  private static final int LANES = 8;
  private static final double CANARY = -7.25;

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 104, 1000})
  void shouldTransposeAsTheScalarLoopDoesAndTouchNothingElse(int step) {
    Random random = new Random(step);
    long[] rows = random.longs(64).toArray();
    long[][] results = new long[2][];
    for (Implementation form : Implementation.values()) {
      long[] columns = random.longs(7L * step + 20).toArray();
      Arrays.fill(columns, 0x55);
      KernelSet.of(form)
          .transpose()
          .transpose(rows, columns, 5, step, new long[TransposeKernel.SCRATCH]);
      results[form.ordinal()] = columns;
    }
    assertArrayEquals(results[0], results[1]);
    for (int i = 0; i < results[0].length; i++) {
      if (i < 5 || (i - 5) % step >= LANES || (i - 5) / step > 7) {
        assertEquals(0x55, results[1][i], "word " + i);
      }
    }
  }

  @Test
  void shouldTurnRowsIntoColumns() {
    long[] rows = new long[64];
    rows[TransposeKernel.place(3)] = 1L << 62 | 1;
    rows[TransposeKernel.place(63)] = 1;
    for (Implementation form : Implementation.values()) {
      long[] columns = new long[64];
      KernelSet.of(form)
          .transpose()
          .transpose(rows, columns, 0, 8, new long[TransposeKernel.SCRATCH]);
      long[] expected = new long[64];
      expected[0] = 1L << 63 | 1L << 3;
      expected[62] = 1L << 3;
      assertArrayEquals(expected, columns);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63})
  void shouldCountPairsToTheLastBit(int groups) {
    Random random = new Random(groups);
    for (int classes : new int[] {1, 2, 5, 40}) {
      int[] ends = new int[classes];
      int words = 0;
      for (int c = 0; c < classes; c++) {
        words += c % 3 == 1 ? 0 : 1 + random.nextInt(3);
        ends[c] = words;
      }
      long[] bits = random.longs((long) groups * LANES * words + 3).toArray();
      double[] weights = random.doubles(classes + 1).toArray();
      int columns = groups * LANES;
      double[] before = random.doubles((long) columns * columns + 1).toArray();
      double[] scalar = before.clone();
      double[] vector = before.clone();
      new ScalarPairCountKernel().add(bits, words, groups, ends, weights, classes, scalar);
      new VectorPairCountKernel().add(bits, words, groups, ends, weights, classes, vector);
      assertArrayEquals(scalar, vector);
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < j / LANES * LANES; k++) {
          assertEquals(before[j * columns + k], vector[j * columns + k], "under the diagonal");
        }
      }
    }
  }

  @Test
  void shouldMultiplyAClassOnce() {
    // 64 times 0.1 is not what 64 additions of 0.1 give.
    long[] bits = {-1, -1, 0, 0, 0, 0, 0, 0};
    for (Implementation form : Implementation.values()) {
      double[] products = new double[64];
      KernelSet.of(form)
          .pairCount()
          .add(bits, 1, 1, new int[] {1}, new double[] {0.1}, 1, products);
      assertEquals(0.1 * 64, products[1]);
      assertEquals(0, products[2]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63})
  void shouldSumPairsAsTheScalarLoopDoes(int groups) {
    Random random = new Random(groups);
    int step = 16;
    long[] bits = random.longs((long) groups * step + 11).toArray();
    long[] rows = random.longs(70).toArray();
    double[] weights = random.doubles(70).toArray();
    for (int shift : new int[] {0, 8, 56}) {
      double[][] sums = new double[2][];
      for (Implementation form : Implementation.values()) {
        double[] sum = new double[groups * LANES * LANES + 1];
        Arrays.fill(sum, 1);
        sum[sum.length - 1] = CANARY;
        double[] scratch = filled(PairSumKernel.SCRATCH);
        KernelSet.of(form)
            .pairSum()
            .add(bits, 8, step, groups, rows, 5, shift, weights, 3, sum, scratch);
        sums[form.ordinal()] = sum;
      }
      assertArrayEquals(sums[0], sums[1], 64 * Math.ulp(64.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 13, 31, 63})
  void shouldSumColumnsAsTheScalarLoopDoes(int groups) {
    Random random = new Random(groups);
    int step = 24;
    long[] bits = random.longs((long) groups * step + 11).toArray();
    double[] values =
        random.doubles((long) ColumnSumKernel.SERIES * ColumnSumKernel.ROWS, -1, 1).toArray();
    double[][] sums = new double[2][];
    for (Implementation form : Implementation.values()) {
      double[] sum = new double[ColumnSumKernel.SERIES * groups * LANES + 1];
      Arrays.fill(sum, 1);
      sum[sum.length - 1] = CANARY;
      double[] scratch = filled(ColumnSumKernel.SCRATCH);
      KernelSet.of(form).columnSum().add(bits, 8, step, groups, values, sum, scratch);
      sums[form.ordinal()] = sum;
    }
    assertArrayEquals(sums[0], sums[1], 64 * Math.ulp(64.0));
  }

  @Test
  void shouldSumTheMarkedRowsOfEachSeries() {
    long[] bits = new long[8];
    bits[1] = 1L << 63 | 1;
    double[] values = new double[3 * 64];
    values[0] = 1;
    values[63] = 2;
    values[64 + 63] = 4;
    values[2 * 64] = -1;
    for (Implementation form : Implementation.values()) {
      double[] sums = new double[24];
      KernelSet.of(form)
          .columnSum()
          .add(bits, 0, 8, 1, values, sums, new double[ColumnSumKernel.SCRATCH]);
      double[] expected = new double[24];
      expected[1] = 3;
      expected[8 + 1] = 4;
      expected[16 + 1] = -1;
      assertArrayEquals(expected, sums);
    }
  }

  private static double[] filled(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
