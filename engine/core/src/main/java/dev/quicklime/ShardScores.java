package dev.quicklime;

import dev.quicklime.internal.scoring.ScoreKinds;
import dev.quicklime.surrogate.ErrorSums;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.SecondPass;
import dev.quicklime.surrogate.ShardFrame;
import dev.quicklime.surrogate.ShardSums;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/**
 * What the model said of the rows of one shard: eight bytes for each row and class. To be kept
 * where it was made, for a second pass or until it is summed up; or to be gathered, see {@link
 * ShardPlan#finish(java.util.List)}. Immutable.
 */
public final class ShardScores implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final ShardFrame frame;
  private final RowRange range;
  private final double[] values;
  private final ScoreKinds kinds;

  ShardScores(ShardFrame frame, RowRange range, double[] values, ScoreKinds kinds) {
    this.frame = frame;
    this.range = range;
    this.values = values;
    this.kinds = kinds;
  }

  /** What all shards have in common. */
  public ShardFrame frame() {
    return frame;
  }

  /** Which rows these are. */
  public RowRange range() {
    return range;
  }

  /** Values of the target, row by row, the explained classes in order; a copy. */
  public double[] values() {
    return values.clone();
  }

  /** The values themselves, not to be written to. */
  double[] ownValues() {
    return values;
  }

  ScoreKinds kinds() {
    return kinds;
  }

  /**
   * Sums these rows up.
   *
   * @throws InvalidInputException if the rows are no whole blocks, see {@link ShardFrame#shards}
   */
  public ShardTotals totals() {
    return new ShardTotals(ShardSums.of(frame, range, values), kinds);
  }

  /**
   * Goes over these rows once more, for intervals.
   *
   * @throws InvalidInputException if the fits are to other rows
   */
  public ErrorSums errors(SecondPass fits) {
    Objects.requireNonNull(fits, "fits");
    if (!fits.frame().equals(frame)) {
      throw new InvalidInputException(
          "fits must be to rows of %s, got those of %s".formatted(frame, fits.frame()));
    }
    return ErrorSums.of(fits, range, values);
  }
}
