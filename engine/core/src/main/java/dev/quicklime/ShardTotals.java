package dev.quicklime;

import dev.quicklime.internal.scoring.ScoreKinds;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.ShardSums;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What is to be known of the scores of some shards, which adds up: sums for the fits, and what a
 * reader should know of the scores. To the same bits in any order, see {@link ShardSums}.
 * Immutable.
 */
public final class ShardTotals implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final ShardSums sums;
  private final ScoreKinds kinds;

  ShardTotals(ShardSums sums, ScoreKinds kinds) {
    this.sums = Objects.requireNonNull(sums, "sums");
    this.kinds = kinds;
  }

  /**
   * Of these shards and others.
   *
   * @throws InvalidInputException if the others are of another explanation, or if some rows are in
   *     both
   */
  public ShardTotals plus(ShardTotals other) {
    Objects.requireNonNull(other, "other");
    return new ShardTotals(sums.plus(other.sums), kinds.plus(other.kinds));
  }

  /** What fits are made from. */
  public ShardSums sums() {
    return sums;
  }

  /** Which rows are not there yet, in ascending order; nothing once all are. */
  public List<RowRange> missing() {
    return sums.missing();
  }

  ScoreKinds kinds() {
    return kinds;
  }
}
