package dev.quicklime.design;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import java.util.Arrays;
import java.util.Objects;

/**
 * Draws the masks of a design. Row 0 is always the original picture, all superpixels shown; the
 * rows after it come from generators made from the seed alone, in row order, so that equal
 * arguments give equal masks on every machine, and more samples begin with the rows of fewer, a
 * {@link FoldedHadamard} that goes from unfolded to folded rows apart. {@link MaskKernel} says
 * which bits fair coins are.
 */
public final class MaskSampler {

  private MaskSampler() {}

  /**
   * Draws the masks of a design: row 0 shows the whole picture, the others depend on nothing but
   * the arguments.
   *
   * @param samples rows drawn besides row 0, ≥ 1; an exhaustive design has 2^d − 1 whatever is
   *     asked
   * @param superpixels number of columns d, ≥ 1
   * @throws InvalidInputException if a number is out of range, or if an exhaustive design is asked
   *     for more than {@value Exhaustive#MAX_SUPERPIXELS} superpixels
   */
  public static MaskMatrix draw(Design design, int samples, int superpixels, long seed) {
    Objects.requireNonNull(design, "design");
    if (samples < 1 || samples == Integer.MAX_VALUE) {
      throw new InvalidInputException("samples must be at least 1, got " + samples);
    }
    if (superpixels < 1) {
      throw new InvalidInputException("superpixels must be at least 1, got " + superpixels);
    }
    return switch (design) {
      case Bernoulli(double p) -> bernoulli(p, samples, superpixels, seed);
      case Antithetic _ -> filled(PairedRows::antithetic, samples, superpixels, seed);
      case FixedSize _ -> filled(PairedRows::fixedSize, samples, superpixels, seed);
      case Leverage _ -> filled(LeverageRows::fill, samples, superpixels, seed);
      case FoldedHadamard _, TwoPhase _ -> filled(HadamardRows::fill, samples, superpixels, seed);
      case Exhaustive _ -> exhaustive(superpixels);
    };
  }

  /**
   * Rows after row 0 come in blocks of so many consecutive rows that depend on each other: 2 where
   * a mask is followed by its complement, 1 where rows are taken to be independent. The last block
   * may be cut.
   *
   * @param samples rows drawn besides row 0, ≥ 1
   * @param superpixels d, ≥ 1
   */
  public static int blockRows(Design design, int samples, int superpixels) {
    Objects.requireNonNull(design, "design");
    return switch (design) {
      case Bernoulli _, Exhaustive _ -> 1;
      case Antithetic _, FixedSize _, Leverage _ -> 2;
      case FoldedHadamard _, TwoPhase _ -> HadamardRows.folded(samples, superpixels) ? 2 : 1;
    };
  }

  /**
   * Rows after row 0 are balanced, main effects apart from each other, after multiples of so many;
   * 1 where that is left to chance.
   *
   * @param samples rows drawn besides row 0, ≥ 1
   * @param superpixels d, ≥ 1
   */
  public static int balancedRows(Design design, int samples, int superpixels) {
    Objects.requireNonNull(design, "design");
    return switch (design) {
      case Bernoulli _, Exhaustive _, Antithetic _, FixedSize _, Leverage _ -> 1;
      case FoldedHadamard _, TwoPhase _ ->
          HadamardMatrix.atLeast(superpixels + 1).order() * blockRows(design, samples, superpixels);
    };
  }

  /** Fills in all rows but row 0. */
  @FunctionalInterface
  private interface Filling {
    void fill(int samples, int superpixels, long seed, long[] words);
  }

  private static MaskMatrix filled(Filling filling, int samples, int columns, long seed) {
    long[] words = MaskMatrix.allocate(samples + 1, columns);
    int wordsPerRow = MaskMatrix.wordsPerRow(columns);
    Arrays.fill(words, 0, wordsPerRow, -1L);
    words[wordsPerRow - 1] = -1L >>> (63 - (columns - 1) % 64);
    filling.fill(samples, columns, seed, words);
    return new MaskMatrix(samples + 1, columns, words);
  }

  private static MaskMatrix bernoulli(double p, int samples, int columns, long seed) {
    int rows = samples + 1;
    long[] words = MaskMatrix.allocate(rows, columns);
    long[] generators = new long[MaskKernel.STATE];
    MaskKernel.seed(seed, generators);
    bernoulli(Kernels.chosen().masks(), p, generators, columns, words);
    return new MaskMatrix(rows, columns, words);
  }

  /** Row 0 shows everything, the rows after it are drawn. */
  static void bernoulli(MaskKernel kernel, double p, long[] generators, int columns, long[] words) {
    int wordsPerRow = MaskMatrix.wordsPerRow(columns);
    Arrays.fill(words, 0, wordsPerRow, -1L);
    long threshold = MaskKernel.threshold(p);
    int rest = (words.length - wordsPerRow) % MaskKernel.STREAMS;
    int whole = words.length - rest;
    kernel.draw(generators, threshold, words, wordsPerRow, whole - wordsPerRow);
    if (rest > 0) {
      long[] last = new long[MaskKernel.STREAMS];
      kernel.draw(generators, threshold, last, 0, last.length);
      System.arraycopy(last, 0, words, whole, rest);
    }
    long lastWord = -1L >>> (63 - (columns - 1) % 64);
    for (int i = wordsPerRow - 1; i < words.length; i += wordsPerRow) {
      words[i] &= lastWord;
    }
  }

  private static MaskMatrix exhaustive(int columns) {
    if (columns > Exhaustive.MAX_SUPERPIXELS) {
      throw new InvalidInputException(
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
}
