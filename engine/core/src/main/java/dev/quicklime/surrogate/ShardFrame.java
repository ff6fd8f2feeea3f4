package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * What all shards of one explanation have in common: whoever has it draws the rows of any shard and
 * sums them up, see {@link ShardSums}. A few hundred bytes, to be sent to whoever scores.
 *
 * <p>Rows are summed in blocks of {@value #BLOCK}, so that the sums do not depend on how rows were
 * dealt out: shards begin at row 0, or at row 1 and so many whole blocks, and end where others
 * begin or with the last row.
 *
 * @param design what masks are drawn by
 * @param samples rows besides row 0, ≥ 1; an exhaustive design has 2^d − 1 whatever is asked
 * @param superpixels d, 1 to {@value #MAX_SUPERPIXELS}
 * @param seed the seed of the masks
 * @param locality what the weights come from
 * @param classes how many scores a row has, ≥ 1
 */
public record ShardFrame(
    Design design, int samples, int superpixels, long seed, Locality locality, int classes)
    implements Serializable {

  /** Rows that are always summed together. */
  public static final int BLOCK = 4096;

  /** Above that, counts by weight take more memory than the masks. */
  public static final int MAX_SUPERPIXELS = 512;

  private static final int DRAWN_AT_ONCE = 1 << 20;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if one is out of range
   */
  public ShardFrame {
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(locality, "locality");
    MaskSampler.rows(design, samples, superpixels);
    if (superpixels > MAX_SUPERPIXELS) {
      throw new InvalidInputException(
          "an explanation in shards takes at most %s superpixels, got %s"
              .formatted(MAX_SUPERPIXELS, superpixels));
    }
    if (classes < 1) {
      throw new InvalidInputException("classes must be at least 1, got " + classes);
    }
  }

  /** How many rows there are, row 0 included. */
  public int rows() {
    return MaskSampler.rows(design, samples, superpixels);
  }

  /**
   * All rows, dealt out.
   *
   * @param each about how many rows a shard is to have, ≥ 1; rounded to whole blocks of {@value
   *     #BLOCK}
   * @return in ascending order
   */
  public List<RowRange> shards(int each) {
    if (each < 1) {
      throw new InvalidInputException("rows of a shard must be at least 1, got " + each);
    }
    long step = Math.max(1, (each + BLOCK / 2L) / BLOCK) * BLOCK;
    List<RowRange> shards = new ArrayList<>();
    int rows = rows();
    for (long to = 1 + step, from = 0; from < rows; from = to, to += step) {
      shards.add(new RowRange((int) from, (int) Math.min(rows, to)));
    }
    return shards;
  }

  /**
   * Draws the masks of some rows, any at all.
   *
   * @throws InvalidInputException if there are no such rows
   */
  public MaskMatrix masks(RowRange range) {
    return MaskSampler.draw(design, samples, superpixels, seed, range.from(), range.to());
  }

  /** Weights of some rows, as of {@link DesignFits#weights}. */
  double[] weights(RowRange range, MaskMatrix masks) {
    double[] weights = locality.weights(masks);
    if (range.from() == 0 && !design.fitsOriginal()) {
      weights[0] = 0;
    }
    return weights;
  }

  /** Refuses rows that are no whole blocks, and scores that are not theirs. */
  void check(RowRange range, double[] scores) {
    int rows = rows();
    boolean begins = range.from() == 0 || (range.from() - 1) % BLOCK == 0;
    boolean ends = range.to() == rows || (range.to() - 1) % BLOCK == 0;
    if (!begins || !ends || range.to() > rows) {
      throw new InvalidInputException(
          "a shard must begin with row 0 or row 1 + a multiple of %s, and end before such a row or"
                  .formatted(BLOCK)
              + " with row %s, got %s".formatted(rows - 1, range));
    }
    if (scores.length != (long) range.count() * classes) {
      throw new InvalidInputException(
          "scores of %s must be %s, %s for each row, got %s"
              .formatted(range, (long) range.count() * classes, classes, scores.length));
    }
    for (double score : scores) {
      if (!Double.isFinite(score)) {
        throw new InvalidInputException("scores must be finite numbers, got " + score);
      }
    }
  }

  /** Whether the rows are all masks, each once. */
  boolean exhaustive() {
    int rows = rows();
    if (superpixels >= Integer.SIZE - 1 || rows != 1 << superpixels) {
      return false;
    }
    if (design instanceof Exhaustive) {
      return true;
    }
    BitSet found = new BitSet(rows);
    for (int from = 0; from < rows; from += DRAWN_AT_ONCE) {
      MaskMatrix masks = masks(new RowRange(from, Math.min(rows, from + DRAWN_AT_ONCE)));
      for (int row = 0; row < masks.rows(); row++) {
        found.set((int) masks.word(row, 0));
      }
    }
    return found.cardinality() == rows;
  }
}
