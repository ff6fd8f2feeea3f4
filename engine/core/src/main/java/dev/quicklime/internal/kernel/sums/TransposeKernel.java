package dev.quicklime.internal.kernel.sums;

/** Turns a square of 64 × 64 bits, of which each word is a row, into one of columns. */
public interface TransposeKernel {

  /** Rows and columns of the square. */
  int SIDE = Long.SIZE;

  /** Words of working memory that a call needs. */
  int SCRATCH = SIDE;

  /**
   * Where a row's word must stand: the caller puts it somewhere anyhow, and here it saves a pass.
   */
  static int place(int row) {
    return ((row & 7) << 3) | (row >> 3);
  }

  /**
   * Bit i of column j becomes bit j of row i.
   *
   * @param rows {@link #SIDE} words, of which row i is the {@linkplain #place place(i)}-th
   * @param columns receives {@link #SIDE} words in groups of eight
   * @param to where the first group goes
   * @param step from one group to the next, ≥ 8
   * @param scratch {@link #SCRATCH} words that may be overwritten
   */
  void transpose(long[] rows, long[] columns, int to, int step, long[] scratch);
}
