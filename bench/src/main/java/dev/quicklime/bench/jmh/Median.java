package dev.quicklime.bench.jmh;

import dev.quicklime.InvalidInputException;
import java.util.Collection;

/** The middle of some numbers, which a machine that was busy for a moment does not move. */
public final class Median {

  private Median() {}

  /** The median; the mean of the middle two where there is no middle one. */
  public static double of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new InvalidInputException("a median needs at least 1 number, got 0");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
