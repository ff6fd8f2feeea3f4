package dev.quicklime.design;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Draws the masks of a {@link Leverage}. */
final class LeverageRows {

  /** Neighbouring sizes share a deck where there are more, which bounds what decks take. */
  private static final int MOST_DECKS = 64;

  private final Draws draws;
  private final int superpixels;
  private final int[][] decks;
  private final int[] dealt;

  private LeverageRows(long seed, int superpixels) {
    this.draws = new Draws(seed);
    this.superpixels = superpixels;
    int count = Math.min(MOST_DECKS, superpixels / 2);
    decks = new int[count][];
    for (int i = 0; i < count; i++) {
      decks[i] = IntStream.range(0, superpixels).toArray();
    }
    // All are used up, so that the first that is dealt from one is shuffled.
    dealt = new int[count];
    Arrays.fill(dealt, superpixels);
  }

  /**
   * Fills in all rows but row 0.
   *
   * @param words rows of masks, row by row; bits must be 0
   */
  static void fill(int samples, int superpixels, long seed, long[] words) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    // A superpixel alone has no size between nothing and everything.
    int empty = superpixels == 1 ? samples : 1;
    for (int row = 1; row <= empty; row += 2) {
      PairedRows.complete(words, row * perRow, superpixels);
    }
    if (superpixels > 1) {
      new LeverageRows(seed, superpixels).pairs(samples, words, perRow);
    }
  }

  private void pairs(int samples, long[] words, int perRow) {
    int[] sizes = IntStream.rangeClosed(1, superpixels / 2).toArray();
    int next = sizes.length;
    for (int row = 3; row <= samples; row += 2) {
      if (next == sizes.length) {
        draws.shuffle(sizes, sizes.length);
        next = 0;
      }
      int at = row * perRow;
      deal(sizes[next++], words, at);
      if (draws.below(2) == 1) {
        PairedRows.turn(words, at, superpixels);
      }
      PairedRows.complete(words, at, superpixels);
    }
  }

  /**
   * Shows the next superpixels of a size's deck; those that are left of one come before a new one.
   */
  private void deal(int size, long[] words, int at) {
    int which = (int) ((size - 1L) * decks.length / (superpixels / 2));
    int[] deck = decks[which];
    int from = dealt[which];
    int left = superpixels - from;
    if (left >= size) {
      show(deck, from, from + size, words, at);
      dealt[which] = from + size;
      return;
    }
    show(deck, from, superpixels, words, at);
    int wanted = size - left;
    shuffle(deck, 0, from, wanted);
    show(deck, 0, wanted, words, at);
    shuffle(deck, wanted, superpixels, superpixels - wanted);
    dealt[which] = wanted;
  }

  private static void show(int[] deck, int from, int to, long[] words, int at) {
    for (int i = from; i < to; i++) {
      words[at + (deck[i] >>> 6)] |= 1L << deck[i];
    }
  }

  /** Brings a random choice of {@code count} of the values of a range to its front. */
  private void shuffle(int[] deck, int from, int to, int count) {
    for (int i = from; i < from + count; i++) {
      int other = i + draws.below(to - i);
      int value = deck[i];
      deck[i] = deck[other];
      deck[other] = value;
    }
  }
}
