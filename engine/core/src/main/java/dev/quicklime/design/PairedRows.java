package dev.quicklime.design;

/** Rows that come as a mask and its complement. */
final class PairedRows {

  private PairedRows() {}

  /** Turns all bits of a row over. */
  static void turn(long[] words, int at, int superpixels) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    for (int word = at; word < at + perRow; word++) {
      words[word] = ~words[word];
    }
    words[at + perRow - 1] &= MaskMatrix.lastWord(superpixels);
  }

  /**
   * Writes the complement behind a row, if there is room for one.
   *
   * @param end index after the last word that may be written
   */
  static void complete(long[] words, int at, int end, int superpixels) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    if (at + perRow < end) {
      System.arraycopy(words, at, words, at + perRow, perRow);
      turn(words, at + perRow, superpixels);
    }
  }
}
