package dev.quicklime.internal.fit.sums;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.sums.TransposeKernel;

/**
 * Masks by column instead of by row: 64 rows fill a word of each column, and columns lie in groups
 * of eight, the last filled up with empty ones. In each group word g of its columns stands before
 * word g + 1 of them.
 */
final class ColumnBits {

  static final int LANES = 8;
  static final int ROWS = Long.SIZE;

  private final TransposeKernel kernel;
  private final long[] tile = new long[TransposeKernel.SIDE];
  private final long[] scratch = new long[TransposeKernel.SCRATCH];
  private long[] bits = new long[0];
  private int words;

  ColumnBits(KernelSet kernels) {
    kernel = kernels.transpose();
  }

  /** Groups of columns that a matrix has. */
  static int groups(int columns) {
    return (columns + LANES - 1) / LANES;
  }

  /** Makes room for some words of every column. */
  void resize(MaskMatrix masks, int wordCount) {
    words = wordCount;
    int length = masks.wordsPerRow() * TransposeKernel.SIDE * wordCount;
    if (bits.length < length) {
      bits = new long[length];
    }
  }

  /**
   * Takes rows as so many words as they need; bits past the last row are 0.
   *
   * @param rows their numbers, of which those from {@code from} to before {@code to} are meant
   * @return the word after theirs
   */
  int put(int first, MaskMatrix masks, int[] rows, int from, int to) {
    int word = first;
    for (int row = from; row < to; row += ROWS) {
      putWord(word++, masks, rows, row, Math.min(ROWS, to - row));
    }
    return word;
  }

  /** Takes 64 or fewer rows as one word. */
  private void putWord(int word, MaskMatrix masks, int[] rows, int from, int count) {
    for (int i = 0; i < masks.wordsPerRow(); i++) {
      for (int row = 0; row < count; row++) {
        tile[TransposeKernel.place(row)] = masks.word(rows[from + row], i);
      }
      clearFrom(count);
      transpose(word, i);
    }
  }

  /** Takes 64 or fewer packed rows as one word; bits past them are 0. */
  void put(int word, long[] rows, int wordsPerRow, int count) {
    for (int i = 0; i < wordsPerRow; i++) {
      for (int row = 0; row < count; row++) {
        tile[TransposeKernel.place(row)] = rows[row * wordsPerRow + i];
      }
      clearFrom(count);
      transpose(word, i);
    }
  }

  private void clearFrom(int row) {
    for (int i = row; i < ROWS; i++) {
      tile[TransposeKernel.place(i)] = 0;
    }
  }

  private void transpose(int word, int index) {
    kernel.transpose(tile, bits, (index * LANES * words + word) * LANES, step(), scratch);
  }

  /** From one group to the next. */
  int step() {
    return words * LANES;
  }

  /** The bits; not to be written to. */
  long[] bits() {
    return bits;
  }
}
