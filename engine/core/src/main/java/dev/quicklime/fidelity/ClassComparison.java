package dev.quicklime.fidelity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An explanation and another method's map of the same class, side by side. Both are ranked by what
 * the model does when superpixels are filled, or shown, in their order; the map's order is that of
 * its means over the superpixels.
 *
 * @param means the map's mean over each superpixel
 * @param rankCorrelation Spearman's, of weights and means over all superpixels, −1 to 1; null where
 *     either are all equal
 * @param topAreas intersection over union of the two top areas, 0 to 1; null where one has none
 * @param deletion area of the explanation, smaller is better
 * @param insertion area of the explanation, larger is better
 * @param mapDeletion area of the map
 * @param mapInsertion area of the map
 */
public record ClassComparison(
    List<Double> means,
    @Nullable Double rankCorrelation,
    @Nullable Double topAreas,
    double deletion,
    double insertion,
    double mapDeletion,
    double mapInsertion) {

  /** Copies the list. */
  public ClassComparison {
    Objects.requireNonNull(means, "means");
    means = List.copyOf(means);
  }
}
