package dev.quicklime.profile;

import dev.quicklime.design.Design;
import dev.quicklime.model.Target;
import java.util.Objects;

/**
 * What one fit of a profile was made from.
 *
 * @param design what its samples were drawn by
 * @param target what is explained
 * @param classIndex the class
 * @param samples how many samples the fit has
 * @param stop the bound of the stop rule that ended sampling there, or 0 where so many were asked
 *     for
 * @param seed of the samples
 */
public record FitSetting(
    Design design, Target target, int classIndex, int samples, double stop, long seed) {

  /** Refuses what is missing. */
  public FitSetting {
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(target, "target");
  }
}
