package dev.quicklime.profile;

import java.util.List;
import java.util.Objects;

/**
 * One fit of a profile, and what it came to.
 *
 * @param setting what it was made from
 * @param quality how good it is
 * @param strongest superpixels with the largest |coefficient|, the largest first
 * @param forwards pictures that the model scored for this fit
 * @param seconds the time of the fit, and of scoring so many samples in full batches
 */
public record ProfileRow(
    FitSetting setting, FitQuality quality, List<Integer> strongest, int forwards, double seconds) {

  /** Copies the list. */
  public ProfileRow {
    Objects.requireNonNull(setting, "setting");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(strongest, "strongest");
    strongest = List.copyOf(strongest);
  }
}
