package dev.quicklime.fidelity;

import dev.quicklime.model.Target;
import java.util.List;
import java.util.Objects;

/**
 * An explanation beside another method's maps.
 *
 * @param classes one for each explained class, in their order
 * @param curves what deletion and insertion areas are of: the probability, its sigmoid where that
 *     is explained, or the raw score of a model with one output
 * @param topShare share of the picture that the explanation's top area covers at least, 0 to 1
 * @param forwards pictures that the model scored for it
 */
public record Comparison(
    List<ClassComparison> classes, Target curves, double topShare, long forwards) {

  /** Share of the picture that top areas cover. */
  public static final double TOP_SHARE = 0.2;

  /** Copies the list. */
  public Comparison {
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(curves, "curves");
    classes = List.copyOf(classes);
  }
}
