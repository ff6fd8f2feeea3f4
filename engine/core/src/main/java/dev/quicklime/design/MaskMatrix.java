package dev.quicklime.design;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.kernel.Kernels;
import java.util.Arrays;
import java.util.Objects;

/**
 * Binary masks, one row for each sample and one column for each superpixel, packed into 64-bit
 * words: bit {@code j % 64} of word {@code j / 64} of a row is 1 where superpixel j is shown and 0
 * where it is filled. Bits past the last column are 0. Immutable.
 */
public final class MaskMatrix {

  private final int rows;
  private final int columns;
  private final int wordsPerRow;
  private final long[] words;

  MaskMatrix(int rows, int columns, long[] words) {
    this.rows = rows;
    this.columns = columns;
    this.wordsPerRow = wordsPerRow(columns);
    this.words = words;
    assert words.length == rows * wordsPerRow;
  }

  /**
   * Packs masks given row by row.
   *
   * @param masks rows of equal length ≥ 1, true where the superpixel is shown
   */
  public static MaskMatrix of(boolean[][] masks) {
    Objects.requireNonNull(masks, "masks");
    if (masks.length == 0 || masks[0].length == 0) {
      throw new InvalidInputException("masks need at least one row and one column");
    }
    int columns = masks[0].length;
    long[] words = allocate(masks.length, columns);
    int wordsPerRow = wordsPerRow(columns);
    for (int row = 0; row < masks.length; row++) {
      if (masks[row].length != columns) {
        throw new InvalidInputException(
            "row " + row + " must have " + columns + " columns, got " + masks[row].length);
      }
      for (int j = 0; j < columns; j++) {
        if (masks[row][j]) {
          words[row * wordsPerRow + (j >>> 6)] |= 1L << j;
        }
      }
    }
    return new MaskMatrix(masks.length, columns, words);
  }

  static int wordsPerRow(int columns) {
    return (columns + 63) >>> 6;
  }

  /** The bits of a row's last word that stand for columns. */
  static long lastWord(int columns) {
    return -1L >>> (63 - (columns - 1) % 64);
  }

  static long[] allocate(int rows, int columns) {
    long length = (long) rows * wordsPerRow(columns);
    if (length > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "masks of " + rows + " samples and " + columns + " superpixels do not fit one array");
    }
    return new long[(int) length];
  }

  /** Number of samples, the original picture included. */
  public int rows() {
    return rows;
  }

  /** Number of superpixels, d. */
  public int columns() {
    return columns;
  }

  /** Number of 64-bit words that hold one row. */
  public int wordsPerRow() {
    return wordsPerRow;
  }

  /** Whether a superpixel is shown in a sample. */
  public boolean shown(int row, int column) {
    Objects.checkIndex(column, columns);
    return (word(row, column >>> 6) >>> column & 1) != 0;
  }

  /** One of the {@link #wordsPerRow} packed words of a row. */
  public long word(int row, int index) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(index, wordsPerRow);
    return words[row * wordsPerRow + index];
  }

  /**
   * Copies the packed words of some rows, one row after the other.
   *
   * @param firstRow first row, ≥ 0
   * @param count how many rows, ≥ 0
   * @param into receives count · {@link #wordsPerRow} words from its start on
   */
  public void copyWords(int firstRow, int count, long[] into) {
    copyWords(firstRow, count, into, 0);
  }

  /** The same, received from index {@code at} on. */
  public void copyWords(int firstRow, int count, long[] into, int at) {
    Objects.checkFromIndexSize(firstRow, count, rows);
    System.arraycopy(words, firstRow * wordsPerRow, into, at, count * wordsPerRow);
  }

  /** How many superpixels a sample shows, 0 to d. */
  public int countShown(int row) {
    Objects.checkIndex(row, rows);
    int count = 0;
    for (int i = row * wordsPerRow, end = i + wordsPerRow; i < end; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  /**
   * Adds up a number for each superpixel that a sample shows, in their order.
   *
   * @param start what the sum begins with
   * @param numbers at least d, one for each superpixel
   * @throws IndexOutOfBoundsException if there is no such row, or no number for a superpixel shown
   */
  public double sumShown(int row, double start, double[] numbers) {
    Objects.checkIndex(row, rows);
    double sum = start;
    for (int word = 0; word < wordsPerRow; word++) {
      for (long bits = words[row * wordsPerRow + word]; bits != 0; bits &= bits - 1) {
        sum += numbers[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
      }
    }
    return sum;
  }

  /**
   * Looks up a number for every row by how many superpixels it shows.
   *
   * @param table d + 1 numbers, the one for k shown at k
   * @param into receives a number for each row, from its start on
   * @throws InvalidInputException if an array has another length or is too short
   */
  public void lookUpByCount(double[] table, double[] into) {
    if (table.length != columns + 1) {
      throw new InvalidInputException(
          "the table must have " + (columns + 1L) + " numbers, got " + table.length);
    }
    if (into.length < rows) {
      throw new InvalidInputException(
          "there must be room for " + rows + " numbers, got " + into.length);
    }
    Kernels.chosen().count().lookUp(words, wordsPerRow, table, into, rows);
  }

  /**
   * Masks that are packed already.
   *
   * @param rows samples, ≥ 1
   * @param columns superpixels, ≥ 1
   * @param words the packed words of each row, one row after the other; copied
   * @throws InvalidInputException if there are not as many words as {@link #wordsPerRow} of each
   *     row, or a bit past the last column is set
   */
  public static MaskMatrix ofWords(int rows, int columns, long[] words) {
    Objects.requireNonNull(words, "words");
    if (rows < 1 || columns < 1) {
      throw new InvalidInputException(
          "masks need at least one row and one column, got " + rows + " and " + columns);
    }
    int wordsPerRow = wordsPerRow(columns);
    if (words.length != (long) rows * wordsPerRow) {
      throw new InvalidInputException(
          "masks of %s rows and %s columns must have %s words, got %s"
              .formatted(rows, columns, (long) rows * wordsPerRow, words.length));
    }
    long past = (columns & 63) == 0 ? 0 : -1L << columns;
    for (int i = wordsPerRow - 1; i < words.length; i += wordsPerRow) {
      if ((words[i] & past) != 0) {
        throw new InvalidInputException(
            "bits past the last column must be 0, got one in row " + i / wordsPerRow);
      }
    }
    return new MaskMatrix(rows, columns, words.clone());
  }

  /**
   * The first rows as a matrix of their own.
   *
   * @param count how many, 1 to {@link #rows}
   */
  public MaskMatrix prefix(int count) {
    if (count < 1 || count > rows) {
      throw new InvalidInputException("rows must be between 1 and " + rows + ", got " + count);
    }
    return count == rows
        ? this
        : new MaskMatrix(count, columns, Arrays.copyOf(words, count * wordsPerRow));
  }

  /**
   * Some rows as a matrix of their own.
   *
   * @param from the first of them
   * @param count how many, ≥ 1
   * @throws InvalidInputException if these are not rows of this matrix
   */
  public MaskMatrix slice(int from, int count) {
    if (from < 0 || count < 1 || count > rows - from) {
      throw new InvalidInputException(
          "a slice must be of one or more of rows 0 to %s, got %s from row %s on"
              .formatted(rows - 1, count, from));
    }
    return count == rows
        ? this
        : new MaskMatrix(
            count,
            columns,
            Arrays.copyOfRange(words, from * wordsPerRow, (from + count) * wordsPerRow));
  }

  /**
   * The same rows and one of them once more, behind them all.
   *
   * @param row from 0
   */
  public MaskMatrix repeating(int row) {
    Objects.checkIndex(row, rows);
    return followedBy(slice(row, 1));
  }

  /**
   * The same rows and those of another matrix behind them.
   *
   * @throws InvalidInputException if that has another number of columns
   */
  public MaskMatrix followedBy(MaskMatrix others) {
    Objects.requireNonNull(others, "others");
    if (others.columns != columns) {
      throw new InvalidInputException(
          "masks must have " + columns + " columns as those before them, got " + others.columns);
    }
    int sum = Math.addExact(rows, others.rows);
    long[] more = Arrays.copyOf(words, Math.multiplyExact(sum, wordsPerRow));
    others.copyWords(0, others.rows, more, rows * wordsPerRow);
    return new MaskMatrix(sum, columns, more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskMatrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "MaskMatrix[" + rows + " samples, " + columns + " superpixels]";
  }
}
