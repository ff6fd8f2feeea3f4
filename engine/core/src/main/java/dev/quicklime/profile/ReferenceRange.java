package dev.quicklime.profile;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Some of the masks that the fits of a picture are compared by, which may be scored apart from the
 * others, on another machine for instance.
 *
 * @param set which masks: 0 are those that no fit sees; the others the halves of the converged
 *     fits, law by law
 * @param from the first row, ≥ 0, where 0 is the original
 * @param to after the last row
 */
public record ReferenceRange(int set, int from, int to) implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** Refuses what has no rows. */
  public ReferenceRange {
    if (set < 0 || from < 0 || to <= from) {
      throw new InvalidInputException(
          "a range must be of one or more rows of a set, counted from 0, got rows %s to %s of set %s"
              .formatted(from, to, set));
    }
  }

  /**
   * Divides all that the fits of a picture are compared by. Ranges begin at multiples of the batch,
   * so that a row is scored in the company and at the place where it would be scored undivided: a
   * model that heeds its batch in the last bits gives the same bits.
   *
   * @param rows about how many a range is to have, ≥ 1; multiples of the batch are taken
   * @param batch pictures that the model scores at once, ≥ 1
   * @return ranges that hold each row once, in order
   */
  public static List<ReferenceRange> split(ProfileOptions options, int rows, int batch) {
    Objects.requireNonNull(options, "options");
    if (rows < 1 || batch < 1 || batch > ExplainOptions.MAX_SAMPLES) {
      throw new InvalidInputException(
          "rows and batch must be at least 1, and batch at most %s, got %s and %s"
              .formatted(ExplainOptions.MAX_SAMPLES, rows, batch));
    }
    long step = Math.ceilDiv((long) rows, batch) * batch;
    List<ReferenceRange> ranges = new ArrayList<>();
    List<ReferenceSet> sets = ReferenceSet.all(options);
    for (int set = 0; set < sets.size(); set++) {
      int end = sets.get(set).rows();
      for (long from = 0; from < end; from += step) {
        ranges.add(new ReferenceRange(set, (int) from, (int) Math.min(end, from + step)));
      }
    }
    return ranges;
  }

  /** How many rows. */
  public int rows() {
    return to - from;
  }
}
