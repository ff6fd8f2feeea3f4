package dev.quicklime;

import dev.quicklime.model.ScoredClass;
import dev.quicklime.surrogate.LinearFit;
import java.util.Objects;

/**
 * What each superpixel adds to one class.
 *
 * @param scored the class and its scores for the unperturbed picture
 * @param fit the surrogate
 */
public record ClassExplanation(ScoredClass scored, LinearFit fit) {

  /** Refuses what is missing. */
  public ClassExplanation {
    Objects.requireNonNull(scored, "scored");
    Objects.requireNonNull(fit, "fit");
  }
}
