package dev.quicklime.report.profile;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.quicklime.ProfileRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of profile.csv: a {@link ProfileRow} of a picture, its parts by name. A line of the design
 * {@value #REFERENCE} tells of the converged fit itself, with its estimated error.
 */
@JsonPropertyOrder({
  "picture",
  "superpixels",
  "design",
  "target",
  "classIndex",
  "samples",
  "stop",
  "seed",
  "error",
  "coverage",
  "heldOutR2",
  "trainingR2",
  "deletion",
  "insertion",
  "strongest",
  "forwards",
  "seconds"
})
public record ProfileLine(
    String picture,
    int superpixels,
    String design,
    String target,
    int classIndex,
    int samples,
    @Nullable Double stop,
    long seed,
    @Nullable Double error,
    @Nullable Double coverage,
    @Nullable Double heldOutR2,
    @Nullable Double trainingR2,
    @Nullable Double deletion,
    @Nullable Double insertion,
    @Nullable String strongest,
    int forwards,
    double seconds) {

  static final String REFERENCE = "reference";

  /** A measured row. */
  public static ProfileLine of(
      String picture, int superpixels, String design, String target, ProfileRow row) {
    return new ProfileLine(
        picture,
        superpixels,
        design,
        target,
        row.classIndex(),
        row.samples(),
        row.stop() > 0 ? row.stop() : null,
        row.seed(),
        row.error(),
        row.coverage(),
        row.heldOutR2(),
        row.trainingR2(),
        row.deletion(),
        row.insertion(),
        row.strongest().stream().map(String::valueOf).collect(Collectors.joining(" ")),
        row.forwards(),
        row.seconds());
  }

  /** What is known of the converged fit that a design's errors are about. */
  public static ProfileLine reference(
      String picture, int superpixels, String design, String target, int samples, double error) {
    return new ProfileLine(
        picture,
        superpixels,
        REFERENCE,
        target,
        -1,
        samples,
        null,
        -1,
        error,
        null,
        null,
        null,
        null,
        null,
        design,
        samples,
        0);
  }

  boolean isReference() {
    return design.equals(REFERENCE);
  }

  /** Whether a stop rule decided how many samples there are. */
  boolean isStopped() {
    return stop != null;
  }

  /** The strongest superpixels. */
  List<Integer> top() {
    String listed = strongest;
    return listed == null || listed.isBlank() || isReference()
        ? List.of()
        : Arrays.stream(listed.split(" ", -1)).map(Integer::valueOf).toList();
  }
}
