package dev.quicklime.internal.kernel;

/** The specification: {@code sumA[k] = Σ a[i] · matrix[rows[i]][k]}, and so for b; in order. */
final class ScalarCombineKernel implements CombineKernel {

  @Override
  public void combine(
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] a,
      double[] b,
      double[] sumA,
      double[] sumB) {
    for (int k = 0; k < stride; k++) {
      double first = 0;
      double second = 0;
      for (int i = 0; i < count; i++) {
        first += matrix[rows[i] * stride + k] * a[i];
        second += matrix[rows[i] * stride + k] * b[i];
      }
      sumA[k] = first;
      sumB[k] = second;
    }
  }
}
