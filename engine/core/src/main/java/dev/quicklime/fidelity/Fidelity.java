package dev.quicklime.fidelity;

import dev.quicklime.model.Target;
import java.util.List;
import java.util.Objects;

/**
 * How far an explanation can be trusted, class by class, and what it took to find out.
 *
 * @param classes one for each explained class, in their order
 * @param curves what the deletion and insertion curves show: the probability, its sigmoid where
 *     that is explained, or the raw score of a model with one output
 * @param heldOut samples that no fit has seen
 * @param seeds of the further runs; none where every mask is tried and no seed matters
 * @param forwards pictures that the model scored besides those of the explanation
 * @param milliseconds all that took
 */
public record Fidelity(
    List<ClassFidelity> classes,
    Target curves,
    int heldOut,
    List<Long> seeds,
    long forwards,
    double milliseconds) {

  /** Copies the lists. */
  public Fidelity {
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(curves, "curves");
    Objects.requireNonNull(seeds, "seeds");
    classes = List.copyOf(classes);
    seeds = List.copyOf(seeds);
  }
}
