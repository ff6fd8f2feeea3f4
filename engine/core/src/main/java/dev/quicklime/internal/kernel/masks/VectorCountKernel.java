package dev.quicklime.internal.kernel.masks;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of one and two words, which most are, have plain loops of their own that the compiler turns
 * into vectors by itself: counting in lanes and looking up afterwards ran no faster, and the loop
 * for any length three times slower. In longer rows a lane counts a word.
 */
public final class VectorCountKernel implements CountKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;

  @Override
  public void lookUp(long[] words, int wordsPerRow, double[] table, double[] into, int rows) {
    assert words.length >= rows * wordsPerRow && into.length >= rows;
    switch (wordsPerRow) {
      case 1 -> {
        for (int row = 0; row < rows; row++) {
          into[row] = table[Long.bitCount(words[row])];
        }
      }
      case 2 -> {
        for (int row = 0; row < rows; row++) {
          into[row] = table[Long.bitCount(words[2 * row]) + Long.bitCount(words[2 * row + 1])];
        }
      }
      default -> {
        for (int row = 0; row < rows; row++) {
          into[row] = table[ones(words, row * wordsPerRow, wordsPerRow)];
        }
      }
    }
  }

  private static int ones(long[] words, int from, int length) {
    int bound = LONGS.loopBound(length);
    LongVector sums = LongVector.zero(LONGS);
    for (int i = 0; i < bound; i += LONGS.length()) {
      sums = sums.add(LongVector.fromArray(LONGS, words, from + i).lanewise(BIT_COUNT));
    }
    int ones = (int) sums.reduceLanes(ADD);
    for (int i = bound; i < length; i++) {
      ones += Long.bitCount(words[from + i]);
    }
    return ones;
  }
}
