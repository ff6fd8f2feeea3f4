package dev.quicklime.profile;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fit of a profile, and what it came to.
 *
 * @param setting what it was made from
 * @param quality how good it is
 * @param strongest superpixels with the largest |coefficient|, the largest first
 * @param missed superpixels whose 95 % intervals do not hold the converged coefficient; null where
 *     there are no intervals
 * @param forwards pictures that the model scored for this fit
 * @param seconds the time of the fit, and of scoring so many samples in full batches
 */
public record ProfileRow(
    FitSetting setting,
    FitQuality quality,
    List<Integer> strongest,
    @Nullable List<Integer> missed,
    int forwards,
    double seconds) {

  /** Copies the lists. */
  public ProfileRow {
    Objects.requireNonNull(setting, "setting");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(strongest, "strongest");
    strongest = List.copyOf(strongest);
    missed = missed == null ? null : List.copyOf(missed);
  }
}
