package dev.quicklime.design;

import dev.quicklime.InvalidInputException;
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

  /** Rows before those that are asked for, drawn and dropped at a time. */
  private static final int SKIPPED = 512;

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
    int rows = rows(design, samples, superpixels);
    return drawn(design, samples, superpixels, seed, 0, rows);
  }

  /**
   * Draws some rows of the masks of a design: bit for bit those that {@link #draw(Design, int, int,
   * long)} has there. Holds no rows but them, however many stand before; drawing those and dropping
   * them takes the time that drawing takes.
   *
   * @param samples rows drawn besides row 0 in all, ≥ 1; an exhaustive design has 2^d − 1 whatever
   *     is asked
   * @param superpixels number of columns d, ≥ 1
   * @param from the first row, 0 for the original
   * @param to after the last row, at most {@link #rows}
   * @throws InvalidInputException if a number is out of range, if there is no row between from and
   *     to, or if an exhaustive design is asked for more than {@value Exhaustive#MAX_SUPERPIXELS}
   *     superpixels
   */
  public static MaskMatrix draw(
      Design design, int samples, int superpixels, long seed, int from, int to) {
    int rows = rows(design, samples, superpixels);
    if (from < 0 || from >= to || to > rows) {
      throw new InvalidInputException(
          "from and to must span one or more of rows 0 to %s, got %s to %s"
              .formatted(rows - 1, from, to));
    }
    return drawn(design, samples, superpixels, seed, from, to);
  }

  /**
   * How many rows the masks of a design have, row 0 included.
   *
   * @param samples rows drawn besides row 0, ≥ 1; an exhaustive design has 2^d − 1 whatever is
   *     asked
   * @param superpixels number of columns d, ≥ 1
   * @throws InvalidInputException if a number is out of range, or if an exhaustive design is asked
   *     for more than {@value Exhaustive#MAX_SUPERPIXELS} superpixels
   */
  public static int rows(Design design, int samples, int superpixels) {
    Objects.requireNonNull(design, "design");
    if (samples < 1 || samples == Integer.MAX_VALUE) {
      throw new InvalidInputException("samples must be at least 1, got " + samples);
    }
    if (superpixels < 1) {
      throw new InvalidInputException("superpixels must be at least 1, got " + superpixels);
    }
    if (!(design instanceof Exhaustive)) {
      return samples + 1;
    }
    if (superpixels > Exhaustive.MAX_SUPERPIXELS) {
      throw new InvalidInputException(
          "an exhaustive design takes at most "
              + Exhaustive.MAX_SUPERPIXELS
              + " superpixels, got "
              + superpixels);
    }
    return 1 << superpixels;
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

  private static MaskMatrix drawn(
      Design design, int samples, int superpixels, long seed, int from, int to) {
    long[] words = MaskMatrix.allocate(to - from, superpixels);
    RowStream stream =
        switch (design) {
          case Bernoulli(double p) -> new BernoulliRows(p, superpixels, seed);
          case Antithetic _ -> new AntitheticRows(superpixels, seed);
          case FixedSize _ -> new FixedSizeRows(superpixels, seed);
          case Leverage _ -> new LeverageRows(superpixels, seed);
          case FoldedHadamard _, TwoPhase _ -> new HadamardRows(samples, superpixels, seed);
          case Exhaustive _ -> new CountedRows();
        };
    fill(stream, superpixels, from, to, words);
    return new MaskMatrix(to - from, superpixels, words);
  }

  /**
   * Takes rows from a stream; row 0 shows everything.
   *
   * @param stream at its beginning
   * @param words receives rows {@code from} to before {@code to}, row by row
   */
  static void fill(RowStream stream, int superpixels, int from, int to, long[] words) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    int at = 0;
    if (from == 0) {
      Arrays.fill(words, 0, perRow, -1L);
      words[perRow - 1] = MaskMatrix.lastWord(superpixels);
      at = perRow;
    }
    // Counted from the first row of the stream on.
    int first = Math.max(from, 1) - 1;
    int end = to - 1;
    int unit = stream.unit();
    int whole = first - first % unit;
    if (first > 0) {
      int block = unit * Math.max(1, SKIPPED / unit);
      long[] dropped = MaskMatrix.allocate(Math.min(block, end), superpixels);
      for (int row = 0; row < whole; row += block) {
        stream.next(dropped, 0, Math.min(block, whole - row));
      }
      if (whole < first) {
        int begun = Math.min(unit, end - whole);
        stream.next(dropped, 0, begun);
        int kept = whole + begun - first;
        System.arraycopy(dropped, (first - whole) * perRow, words, at, kept * perRow);
        at += kept * perRow;
        first += kept;
      }
    }
    stream.next(words, at, end - first);
  }
}
