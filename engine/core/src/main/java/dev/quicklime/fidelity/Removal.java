package dev.quicklime.fidelity;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.surrogate.LinearFit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Deletion and insertion: superpixels are filled, or shown, from the most to the least important,
 * and the area under the class's probability says how well the order was chosen, small for deletion
 * and large for insertion (Petsiuk et al., "RISE", BMVC 2018).
 */
public final class Removal {

  private Removal() {}

  /** Superpixels from the largest coefficient to the smallest, equal ones by index. */
  public static List<Integer> order(LinearFit fit) {
    Objects.requireNonNull(fit, "fit");
    return order(fit.coefficients());
  }

  /** Superpixels from the largest weight to the smallest, equal ones by index. */
  public static List<Integer> order(List<Double> weights) {
    Objects.requireNonNull(weights, "weights");
    return IntStream.range(0, weights.size())
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -weights.get(j)))
        .toList();
  }

  /**
   * Masks that fill one superpixel more in each row: d + 1 rows, the first shows everything.
   *
   * @param order all superpixels, each once
   */
  public static MaskMatrix deletion(List<Integer> order) {
    Objects.requireNonNull(order, "order");
    return masks(order, true);
  }

  /**
   * Masks that show one superpixel more in each row: d + 1 rows, the first shows nothing.
   *
   * @param order all superpixels, each once
   */
  public static MaskMatrix insertion(List<Integer> order) {
    Objects.requireNonNull(order, "order");
    return masks(order, false);
  }

  private static MaskMatrix masks(List<Integer> order, boolean shown) {
    int count = order.size();
    if (order.stream().distinct().filter(j -> j >= 0 && j < count).count() != count) {
      throw new InvalidInputException(
          "an order must have each of its " + count + " superpixels once, got " + order);
    }
    boolean[][] masks = new boolean[count + 1][count];
    for (int step = 0; step <= count; step++) {
      for (int place = 0; place < count; place++) {
        masks[step][order.get(place)] = place < step != shown;
      }
    }
    return MaskMatrix.of(masks);
  }

  /**
   * Area under a curve over the share of superpixels that are filled, or shown, from 0 to 1, by the
   * trapezoid rule: the mean height.
   *
   * @param curve at least two values, evenly spaced
   */
  public static double area(double[] curve) {
    Objects.requireNonNull(curve, "curve");
    if (curve.length < 2) {
      throw new InvalidInputException("a curve needs at least 2 values, got " + curve.length);
    }
    double sum = 0;
    for (int i = 0; i + 1 < curve.length; i++) {
      sum += (curve[i] + curve[i + 1]) / 2;
    }
    return sum / (curve.length - 1);
  }
}
