package dev.quicklime.design;

/**
 * Draws the masks of an {@link Antithetic}: fair coins for the first row of each pair, the rows of
 * a {@link Bernoulli} of as many.
 */
final class AntitheticRows implements RowStream {

  /** Pairs that are drawn at once: their words stay in the first-level cache. */
  private static final int PAIRS = 256;

  private final int superpixels;
  private final int perRow;
  private final BernoulliRows first;
  private final long[] drawn;

  AntitheticRows(int superpixels, long seed) {
    this.superpixels = superpixels;
    perRow = MaskMatrix.wordsPerRow(superpixels);
    first = new BernoulliRows(0.5, superpixels, seed);
    drawn = new long[PAIRS * perRow];
  }

  @Override
  public int unit() {
    return 2 * first.unit();
  }

  @Override
  public void next(long[] words, int at, int count) {
    int end = at + count * perRow;
    for (int done = 0; done < count; done += 2 * PAIRS) {
      int pairs = Math.min(PAIRS, (count - done + 1) / 2);
      first.next(drawn, 0, pairs);
      for (int pair = 0; pair < pairs; pair++) {
        int to = at + (done + 2 * pair) * perRow;
        System.arraycopy(drawn, pair * perRow, words, to, perRow);
        PairedRows.complete(words, to, end, superpixels);
      }
    }
  }
}
