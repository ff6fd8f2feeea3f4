package dev.quicklime.internal.kernel.masks;

/**
 * The specification: {@code into[r] = table[ones in words[r · wordsPerRow .. (r + 1) · wordsPerRow
 * − 1]]}.
 */
public final class ScalarCountKernel implements CountKernel {

  @Override
  public void lookUp(long[] words, int wordsPerRow, double[] table, double[] into, int rows) {
    for (int row = 0; row < rows; row++) {
      int ones = 0;
      for (int i = row * wordsPerRow; i < (row + 1) * wordsPerRow; i++) {
        ones += Long.bitCount(words[i]);
      }
      into[row] = table[ones];
    }
  }
}
