package dev.quicklime.internal.kernel.masks;

/** Looks numbers up by how many bits of a row are 1. */
public interface CountKernel {

  /**
   * Looks up a number for every row.
   *
   * @param words rows · wordsPerRow words, one row after the other
   * @param wordsPerRow words of each row, ≥ 1
   * @param table the number for each count from 0 to the most ones that a row has
   * @param into receives a number for each row
   * @param rows how many rows, ≥ 0
   */
  void lookUp(long[] words, int wordsPerRow, double[] table, double[] into, int rows);
}
