package dev.quicklime.report.profile;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.quicklime.profile.FitQuality;
import dev.quicklime.profile.FitSetting;
import dev.quicklime.profile.ProfileRow;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of profile.csv: a {@link ProfileRow} of a picture, its parts by name. A line of the design
 * {@value #REFERENCE} tells of the converged fit itself, with its estimated error; it stands in
 * profile-reference.csv as a {@link ReferenceLine}.
 *
 * @param setting what was fitted
 * @param quality how good that is
 * @param strongest numbers of the strongest superpixels with spaces between them; of a reference,
 *     the design that it is the reference of
 * @param forwards pictures that the model scored for it
 * @param seconds that it took
 * @param missed numbers of the superpixels whose intervals do not hold the converged coefficient,
 *     with spaces between them, or {@value #NONE}; empty where there are no intervals
 * @param label name of the class; empty where none is told
 * @param file the picture, seen from the folder of results; its name where it is no file
 */
public record ProfileLine(
    @JsonUnwrapped LineSetting setting,
    @JsonUnwrapped FitQuality quality,
    @Nullable String strongest,
    int forwards,
    double seconds,
    @Nullable String missed,
    @Nullable String label,
    @Nullable String file)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** What stands for no superpixel at all, where nothing would stand for no intervals. */
  private static final String NONE = "none";

  static final String REFERENCE = "reference";

  /**
   * The line of a measured row.
   *
   * @param label name of its class
   */
  public static ProfileLine of(
      String picture, int superpixels, String design, String target, String label, ProfileRow row) {
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
        listed(row.strongest()),
        row.forwards(),
        row.seconds(),
        missed(row.missed()),
        label,
        "");
  }

  /** The same of a picture that is found somewhere. */
  ProfileLine at(String place) {
    return new ProfileLine(setting, quality, strongest, forwards, seconds, missed, label, place);
  }

  /** What is known of the converged fit that a design's errors are about. */
  public static ProfileLine reference(
      String picture, int superpixels, String design, String target, int samples, double error) {
    return new ProfileLine(
        new LineSetting(picture, superpixels, REFERENCE, target, -1, samples, null, -1),
        new FitQuality(error, null, null, null, null, null),
        design,
        samples,
        0,
        "",
        "",
        "");
  }

  private static String missed(@Nullable List<Integer> superpixels) {
    return superpixels == null ? "" : superpixels.isEmpty() ? NONE : listed(superpixels);
  }

  private static String listed(List<Integer> superpixels) {
    return superpixels.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static List<Integer> numbers(String listed) {
    return Arrays.stream(listed.split(" ", -1)).map(Integer::valueOf).toList();
  }

  /** Superpixels whose intervals miss, by number; null where there are no intervals. */
  @Nullable List<Integer> misses() {
    String given = missed;
    return given == null || given.isBlank()
        ? null
        : given.equals(NONE) ? List.of() : numbers(given);
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
    return isReference() || listed == null || listed.isBlank() ? List.of() : numbers(listed);
  }
}
