package dev.quicklime.design;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Draws the masks of a design. Row 0 is always the original picture, all superpixels shown; the
 * rows after it come from one generator made from the seed alone, in row order, so that equal
 * arguments give equal masks on every machine.
 */
public final class MaskSampler {

  /** Named, because the masks of a seed must not change with the JDK's default. */
  private static final RandomGeneratorFactory<RandomGenerator> GENERATOR =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private MaskSampler() {}

  /**
   * Draws masks.
   *
   * @param samples rows drawn besides row 0, ≥ 1; an exhaustive design has 2^d − 1 whatever is
   *     asked
   * @param superpixels number of columns d, ≥ 1
   * @throws IllegalArgumentException if a number is out of range, or if an exhaustive design is
   *     asked for more than {@value Exhaustive#MAX_SUPERPIXELS} superpixels
   */
  public static MaskMatrix draw(Design design, int samples, int superpixels, long seed) {
    if (samples < 1 || samples == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("samples must be at least 1, got " + samples);
    }
    if (superpixels < 1) {
      throw new IllegalArgumentException("superpixels must be at least 1, got " + superpixels);
    }
    return switch (design) {
      case Bernoulli(double p) -> bernoulli(p, samples, superpixels, seed);
      case Exhaustive _ -> exhaustive(superpixels);
    };
  }

  private static MaskMatrix bernoulli(double p, int samples, int columns, long seed) {
    RandomGenerator random = GENERATOR.create(seed);
    int rows = samples + 1;
    long[] words = MaskMatrix.allocate(rows, columns);
    int wordsPerRow = MaskMatrix.wordsPerRow(columns);
    long lastWord = lastWordMask(columns);
    showAll(words, wordsPerRow, lastWord);
    for (int i = wordsPerRow; i < words.length; i++) {
      boolean last = (i + 1) % wordsPerRow == 0;
      int bits = last ? Long.bitCount(lastWord) : 64;
      // At one half each random bit is one decision, which is 64 times fewer calls.
      words[i] = p == 0.5 ? random.nextLong() : coins(random, p, bits);
      if (last) {
        words[i] &= lastWord;
      }
    }
    return new MaskMatrix(rows, columns, words);
  }

  private static long coins(RandomGenerator random, double p, int bits) {
    long word = 0;
    for (int bit = 0; bit < bits; bit++) {
      if (random.nextDouble() < p) {
        word |= 1L << bit;
      }
    }
    return word;
  }

  private static MaskMatrix exhaustive(int columns) {
    if (columns > Exhaustive.MAX_SUPERPIXELS) {
      throw new IllegalArgumentException(
          "an exhaustive design takes at most "
              + Exhaustive.MAX_SUPERPIXELS
              + " superpixels, got "
              + columns);
    }
    int rows = 1 << columns;
    long[] words = new long[rows];
    words[0] = rows - 1L;
    for (int row = 1; row < rows; row++) {
      words[row] = row - 1L;
    }
    return new MaskMatrix(rows, columns, words);
  }

  private static void showAll(long[] words, int wordsPerRow, long lastWord) {
    Arrays.fill(words, 0, wordsPerRow, -1L);
    words[wordsPerRow - 1] = lastWord;
  }

  private static long lastWordMask(int columns) {
    return -1L >>> (63 - (columns - 1) % 64);
  }
}
