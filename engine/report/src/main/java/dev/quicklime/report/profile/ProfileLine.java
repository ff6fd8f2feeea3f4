package dev.quicklime.report.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.quicklime.profile.FitQuality;
import dev.quicklime.profile.FitSetting;
import dev.quicklime.profile.ProfileRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of profile.csv: a {@link ProfileRow} of a picture, its parts by name. A line of the design
 * {@value #REFERENCE} tells of the converged fit itself, with its estimated error.
 *
 * @param setting what was fitted
 * @param quality how good that is
 * @param strongest numbers of the strongest superpixels with spaces between them; of a reference,
 *     the design that it is the reference of
 * @param forwards pictures that the model scored for it
 * @param seconds that it took
 */
public record ProfileLine(
    @JsonUnwrapped LineSetting setting,
    @JsonUnwrapped FitQuality quality,
    @Nullable String strongest,
    int forwards,
    double seconds) {

  static final String REFERENCE = "reference";

  /** The line of a measured row. */
  public static ProfileLine of(
      String picture, int superpixels, String design, String target, ProfileRow row) {
    FitSetting setting = row.setting();
    return new ProfileLine(
        new LineSetting(
            picture,
            superpixels,
            design,
            target,
            setting.classIndex(),
            setting.samples(),
            setting.stop() > 0 ? setting.stop() : null,
            setting.seed()),
        row.quality(),
        row.strongest().stream().map(String::valueOf).collect(Collectors.joining(" ")),
        row.forwards(),
        row.seconds());
  }

  /** What is known of the converged fit that a design's errors are about. */
  public static ProfileLine reference(
      String picture, int superpixels, String design, String target, int samples, double error) {
    return new ProfileLine(
        new LineSetting(picture, superpixels, REFERENCE, target, -1, samples, null, -1),
        new FitQuality(error, null, null, null, null, null),
        design,
        samples,
        0);
  }

  boolean isReference() {
    return setting.design().equals(REFERENCE);
  }

  /** Whether a stop rule decided how many samples there are. */
  boolean isStopped() {
    return setting.stop() != null;
  }

  /** The strongest superpixels, by number; none of a reference. */
  List<Integer> top() {
    String listed = strongest;
    return isReference() || listed == null || listed.isBlank()
        ? List.of()
        : Arrays.stream(listed.split(" ", -1)).map(Integer::valueOf).toList();
  }
}
