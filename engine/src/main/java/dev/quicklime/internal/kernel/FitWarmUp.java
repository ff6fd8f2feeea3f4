package dev.quicklime.internal.kernel;

import java.util.Arrays;

/** Runs the kernels that fit surrogates on a little data, see {@link WarmUp}. */
final class FitWarmUp {

  private static final int GROUPS = 8;
  private static final int SIZE = 40;

  private final PairCountKernel pairCount;
  private final PairSumKernel pairSum;
  private final ColumnSumKernel columnSum;
  private final TransposeKernel transpose;
  private final SweepKernel sweep;
  private final CombineKernel combine;
  private final FactorKernel factor;
  private final long[] bits = new long[GROUPS * 8];
  private final long[] rows = new long[GROUPS * 8];
  private final int[] indices = new int[SIZE];
  private final double[] numbers = new double[Math.max(SIZE * SIZE, 64 * 64)];
  private final double[] sums = new double[64 * 64];
  private final double[] scratch =
      new double[Math.max(PairSumKernel.SCRATCH, ColumnSumKernel.SCRATCH)];
  private final double[] matrix = new double[SIZE * SIZE];
  private final double[] copy = new double[SIZE * SIZE];
  private final double[] beta = new double[SIZE];
  private final double[] gradient = new double[SIZE];

  FitWarmUp(Implementation form) {
    pairCount = Kernels.pairCount(form);
    pairSum = Kernels.pairSum(form);
    columnSum = Kernels.columnSum(form);
    transpose = Kernels.transpose(form);
    sweep = Kernels.sweep(form);
    combine = Kernels.combine(form);
    factor = Kernels.factor(form);
    Arrays.setAll(bits, i -> 0x9E37_79B9_7F4A_7C15L * (i + 1));
    for (int i = 0; i < SIZE; i++) {
      matrix[i * SIZE + i] = 1;
      indices[i] = i;
    }
  }

  /** Calls each until C2 has taken notice of it, the less often the more it loops. */
  void run() {
    long[] words = new long[TransposeKernel.SCRATCH];
    for (int i = 0; i < 2600; i++) {
      transpose.transpose(bits, rows, 0, 8, words);
    }
    int[] ends = {1};
    double[] weights = {1};
    for (int i = 0; i < 260; i++) {
      pairCount.add(bits, 1, 4, ends, weights, 1, sums);
    }
    for (int i = 0; i < 320; i++) {
      pairSum.add(bits, 0, 8, 2, rows, 0, 0, numbers, 0, sums, scratch);
    }
    for (int i = 0; i < 100; i++) {
      columnSum.add(bits, 0, 8, GROUPS, numbers, sums, scratch);
    }
    for (int i = 0; i < 140; i++) {
      Arrays.fill(beta, 0);
      Arrays.fill(gradient, 1);
      sweep.sweep(matrix, SIZE, SIZE, 0, 0.5, beta, gradient);
    }
    for (int i = 0; i < 1000; i++) {
      combine.subtract(beta, 0, matrix, SIZE, indices, SIZE / 2, beta, gradient, 0);
    }
    for (int i = 0; i < 30; i++) {
      System.arraycopy(matrix, 0, copy, 0, copy.length);
      factor.factor(copy, SIZE, SIZE - 1, scratch);
      factor.forward(copy, SIZE, SIZE - 1, beta);
    }
    for (int i = 0; i < 650; i++) {
      factor.backward(copy, SIZE, SIZE - 1, beta, gradient);
    }
    for (int i = 0; i < 150; i++) {
      factor.restore(copy, SIZE, SIZE / 2, SIZE - 2, numbers);
    }
  }
}
