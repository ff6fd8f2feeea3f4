package dev.quicklime.report.profile;

import dev.quicklime.profile.FitQuality;
import org.jspecify.annotations.Nullable;

/** Lines of profiles, all alike but for what a test is about. */
final class Lines {

  private Lines() {}

  static ProfileLine line(
      String design, int samples, long seed, @Nullable Double error, String strongest) {
    return line("cat", design, samples, seed, error, strongest);
  }

  static ProfileLine line(
      String picture,
      String design,
      int samples,
      long seed,
      @Nullable Double error,
      String strongest) {
    return new ProfileLine(
        new LineSetting(picture, 9, design, "logit", 0, samples, null, seed),
        new FitQuality(error, null, 0.5, 0.6, null, null),
        strongest,
        samples + 1,
        0.001 * samples,
        "",
        "tabby, \"tiger\" cat",
        picture);
  }

  /** A line whose intervals miss some superpixels. */
  static ProfileLine missing(long seed, String missed, double coverage) {
    return new ProfileLine(
        new LineSetting("cat", 4, "hadamard", "logit", 0, 64, null, seed),
        new FitQuality(0.1, coverage, 0.5, 0.6, null, null),
        "1",
        65,
        0.064,
        missed,
        "tabby",
        "cat");
  }

  static ProfileLine reference(String design, double error) {
    return ProfileLine.reference("cat", 9, design, "logit", 5000, error).at("cat");
  }
}
