package dev.quicklime.internal.kernel.matrix;

/** The specification: {@code out[k] = base[k] − Σ factors[i] · matrix[rows[i]][k]}, in order. */
public final class ScalarCombineKernel implements CombineKernel {

  @Override
  public void subtract(
      double[] base,
      int from,
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] factors,
      double[] out,
      int to) {
    for (int k = 0; k < stride; k++) {
      double left = base[from + k];
      for (int i = 0; i < count; i++) {
        left -= factors[i] * matrix[rows[i] * stride + k];
      }
      out[to + k] = left;
    }
  }
}
