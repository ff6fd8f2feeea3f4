package dev.quicklime.report.profile;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.quicklime.profile.ProfileRow;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of profile.csv: a {@link ProfileRow} of a picture, its parts by name. A line of the design
 * {@value #REFERENCE} tells of the converged fit itself, with its estimated error.
 *
 * @param setting what was fitted
 * @param quality how good that is
 * @param forwards pictures that the model scored for it
 * @param seconds that it took
 */
@JsonPropertyOrder({"setting", "quality", "forwards", "seconds"})
public record ProfileLine(
    @JsonUnwrapped FitSetting setting,
    @JsonUnwrapped FitQuality quality,
    int forwards,
    double seconds) {

  static final String REFERENCE = "reference";

  /** A measured row. */
  public static ProfileLine of(
      String picture, int superpixels, String design, String target, ProfileRow row) {
    return new ProfileLine(
        new FitSetting(
            picture,
            superpixels,
            design,
            target,
            row.classIndex(),
            row.samples(),
            row.stop() > 0 ? row.stop() : null,
            row.seed()),
        new FitQuality(
            row.error(),
            row.coverage(),
            row.heldOutR2(),
            row.trainingR2(),
            row.deletion(),
            row.insertion(),
            row.strongest().stream().map(String::valueOf).collect(Collectors.joining(" "))),
        row.forwards(),
        row.seconds());
  }

  /** What is known of the converged fit that a design's errors are about. */
  public static ProfileLine reference(
      String picture, int superpixels, String design, String target, int samples, double error) {
    return new ProfileLine(
        new FitSetting(picture, superpixels, REFERENCE, target, -1, samples, null, -1),
        new FitQuality(error, null, null, null, null, null, design),
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

  /** The strongest superpixels; none of a reference. */
  List<Integer> top() {
    return isReference() ? List.of() : quality.top();
  }
}
