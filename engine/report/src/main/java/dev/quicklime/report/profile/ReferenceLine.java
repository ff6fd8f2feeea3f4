package dev.quicklime.report.profile;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code profile-reference.csv}: the converged fit that a design's errors are about.
 *
 * @param picture its name
 * @param superpixels how many it has
 * @param design that it is the reference of
 * @param target what is explained
 * @param samples how many it was fitted to
 * @param error its own estimated relative squared error, or null where none is defined
 * @param file the picture, seen from the folder of results; its name where it is no file
 */
record ReferenceLine(
    String picture,
    int superpixels,
    String design,
    String target,
    int samples,
    @Nullable Double error,
    String file)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** The line of what was measured. */
  static ReferenceLine of(ProfileLine line) {
    LineSetting setting = line.setting();
    Double error = line.quality().error();
    return new ReferenceLine(
        setting.picture(),
        setting.superpixels(),
        String.valueOf(line.strongest()),
        setting.target(),
        setting.samples(),
        error == null || error.isNaN() ? null : error,
        String.valueOf(line.file()));
  }

  /** What was measured, as other lines of a profile have it. */
  ProfileLine measured() {
    return ProfileLine.reference(
            picture, superpixels, design, target, samples, error == null ? Double.NaN : error)
        .at(file);
  }
}
