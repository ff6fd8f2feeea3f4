package dev.quicklime.design;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Draws the masks of a {@link Leverage}. */
final class LeverageRows implements RowStream {

  /** Neighbouring sizes share a deck where there are more, which bounds what decks take. */
  private static final int MOST_DECKS = 64;

  private final Draws draws;
  private final int superpixels;
  private final int perRow;
  private final int[][] decks;
  private final int[] dealt;
  private final int[] sizes;
  private int nextSize;
  private boolean begun;

  LeverageRows(int superpixels, long seed) {
    this.draws = new Draws(seed);
    this.superpixels = superpixels;
    perRow = MaskMatrix.wordsPerRow(superpixels);
    int count = Math.min(MOST_DECKS, superpixels / 2);
    decks = new int[count][];
    for (int i = 0; i < count; i++) {
      decks[i] = IntStream.range(0, superpixels).toArray();
    }
    // All are used up, so that the first that is dealt from one is shuffled.
    dealt = new int[count];
    Arrays.fill(dealt, superpixels);
    sizes = IntStream.rangeClosed(1, superpixels / 2).toArray();
    nextSize = sizes.length;
  }

  @Override
  public int unit() {
    return 2;
  }

  @Override
  public void next(long[] words, int at, int count) {
    int end = at + count * perRow;
    for (int first = at; first < end; first += 2 * perRow) {
      Arrays.fill(words, first, first + perRow, 0);
      // The first row is empty; and a superpixel alone has no size between nothing and everything.
      if (begun && superpixels > 1) {
        deal(words, first);
      }
      begun = true;
      PairedRows.complete(words, first, end, superpixels);
    }
  }

  private void deal(long[] words, int at) {
    if (nextSize == sizes.length) {
      draws.shuffle(sizes, sizes.length);
      nextSize = 0;
    }
    deal(sizes[nextSize++], words, at);
    if (draws.below(2) == 1) {
      PairedRows.turn(words, at, superpixels);
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
