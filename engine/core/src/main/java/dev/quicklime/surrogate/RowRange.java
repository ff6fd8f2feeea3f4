package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.io.Serializable;

/**
 * Some consecutive rows of an explanation's samples, of which row 0 is the original.
 *
 * @param from the first of them, ≥ 0
 * @param to after the last, above {@code from}
 */
public record RowRange(int from, int to) implements Serializable {

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if these are no rows
   */
  public RowRange {
    if (from < 0 || to <= from) {
      throw new InvalidInputException(
          "rows must go from 0 or more to a greater number, got %s to %s".formatted(from, to));
    }
  }

  /** How many rows. */
  public int count() {
    return to - from;
  }

  @Override
  public String toString() {
    return count() == 1 ? "row " + from : "rows " + from + " to " + (to - 1);
  }
}
