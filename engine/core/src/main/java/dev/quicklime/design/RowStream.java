package dev.quicklime.design;

/**
 * Draws the rows of a design that follow row 0, one after the other and each once. What was drawn
 * before decides what comes next, so that rows further on are reached by drawing those before them.
 * For one thread.
 */
interface RowStream {

  /** Rows that are drawn together, ≥ 1: only the last call may ask for less than multiples. */
  int unit();

  /**
   * Draws the next rows.
   *
   * @param words receives them, row by row; what was there is overwritten
   * @param at index of the first word
   * @param count how many rows, a multiple of {@link #unit} unless none are drawn after them
   */
  void next(long[] words, int at, int count);
}
