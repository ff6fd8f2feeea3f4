package dev.quicklime.internal.fit.sums;

import dev.quicklime.design.MaskMatrix;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Masks as columns: 1 where a superpixel is shown, else 0.
 *
 * @param masks n × d
 */
public record MaskColumns(MaskMatrix masks) implements Columns {

  /** Why samples of which each mask is one have no standard errors. */
  public static final String NOTHING_LEFT =
      "every mask was tried, so that nothing was left to chance";

  public MaskColumns {
    Objects.requireNonNull(masks, "masks");
  }

  /** Whether these are all masks, each once; samples may be as many and have some twice. */
  public static boolean everyMaskOnce(MaskMatrix masks) {
    if (masks.columns() >= Integer.SIZE - 1 || masks.rows() != 1 << masks.columns()) {
      return false;
    }
    BitSet found = new BitSet(masks.rows());
    for (int row = 0; row < masks.rows(); row++) {
      found.set((int) masks.word(row, 0));
    }
    return found.cardinality() == masks.rows();
  }

  @Override
  public int rows() {
    return masks.rows();
  }

  @Override
  public int columns() {
    return masks.columns();
  }

  @Override
  public String noun() {
    return "superpixel";
  }

  @Override
  public boolean exhaustive() {
    return everyMaskOnce(masks);
  }

  @Override
  public Gram gram(double[] weights) {
    return Gram.of(masks, weights);
  }

  @Override
  public List<Moments> moments(double[] weights, double[] scores, int classes) {
    return Moments.ofAll(masks, weights, scores, classes);
  }

  @Override
  public void copy(int column, int first, int count, double less, double[] into) {
    int word = column >>> 6;
    int bit = column & 63;
    for (int i = 0; i < count; i++) {
      into[i] = (masks.word(first + i, word) >>> bit & 1) - less;
    }
  }

  @Override
  public double linear(int row, double intercept, double[] coefficients) {
    return masks.sumShown(row, intercept, coefficients);
  }
}
