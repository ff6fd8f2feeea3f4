package dev.quicklime.files.npy;

/** Gives the rows of a matrix one by one, so that it never is unpacked whole. */
@FunctionalInterface
public interface RowSource {
  /**
   * Fills one row.
   *
   * @param row from 0 up, each asked for once and in order
   * @param into as long as a row; every element is to be set, it holds the row before
   */
  void fill(int row, byte[] into);
}
