package dev.quicklime.report.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the lines of a profile come to: means over pictures and classes, bands over seeds. */
public final class ProfileSummary {

  /** The design whose error is asked for where none is named. */
  static final String YARDSTICK = "bernoulli";

  private static final double YARDSTICK_SAMPLES = 1000;

  private final List<ProfileLine> lines;
  private final List<String> designs;
  private final @Nullable Double asked;
  private final Map<String, Map<String, List<Point>>> points = new LinkedHashMap<>();

  private final List<ProfileLine> stopped;

  private ProfileSummary(List<ProfileLine> lines, List<String> designs, @Nullable Double asked) {
    this.lines = lines.stream().filter(line -> !line.isStopped()).toList();
    this.stopped = lines.stream().filter(ProfileLine::isStopped).toList();
    this.designs = List.copyOf(designs);
    this.asked = asked;
  }

  /**
   * Sums up the lines of a profile, target by target.
   *
   * @param designs in the order in which they are shown
   * @param asked the error that the sentences are about, or null for that of {@value #YARDSTICK}
   *     with 1000 samples
   */
  public static ProfileSummary of(
      List<ProfileLine> lines, List<String> designs, @Nullable Double asked) {
    ProfileSummary summary = new ProfileSummary(lines, designs, asked);
    lines.stream()
        .filter(line -> !line.isReference() && !line.isStopped())
        .collect(
            Collectors.groupingBy(
                line -> line.setting().target(), LinkedHashMap::new, Collectors.toList()))
        .forEach((target, ofTarget) -> summary.points.put(target, byDesign(ofTarget, designs)));
    return summary;
  }

  private static Map<String, List<Point>> byDesign(List<ProfileLine> lines, List<String> designs) {
    Map<String, List<Point>> found = new LinkedHashMap<>();
    for (String design : designs) {
      Map<Integer, List<ProfileLine>> bySamples =
          lines.stream()
              .filter(line -> line.setting().design().equals(design))
              .collect(
                  Collectors.groupingBy(
                      line -> line.setting().samples(), TreeMap::new, Collectors.toList()));
      found.put(
          design,
          bySamples.entrySet().stream()
              .map(entry -> Point.of(entry.getKey(), entry.getValue()))
              .toList());
    }
    return found;
  }

  /** By target, then by design: what there is for each number of samples, rising. */
  public Map<String, Map<String, List<Point>>> points() {
    return points;
  }

  /** The bound of the stop rule that was tried, or 0 if there was none. */
  public double bound() {
    // The same in all of them; a mean of many would be off in its last digit.
    for (ProfileLine line : stopped) {
      @Nullable Double stop = line.setting().stop();
      if (stop != null) {
        return stop;
      }
    }
    return 0;
  }

  /** By design: where the stop rule ended its samples for a target; empty if there was none. */
  public Map<String, Stops> stops(String target) {
    Map<String, Stops> found = new LinkedHashMap<>();
    int most = counts().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (String design : designs) {
      List<ProfileLine> alike =
          stopped.stream()
              .filter(
                  line ->
                      line.setting().design().equals(design)
                          && line.setting().target().equals(target))
              .toList();
      if (!alike.isEmpty()) {
        found.put(design, Stops.of(alike, most));
      }
    }
    return found;
  }

  /** The designs, in the order in which they are shown. */
  public List<String> designs() {
    return designs;
  }

  /** A design's errors on a target; empty where there are none. */
  Curve curve(String target, String design) {
    return new Curve(points.getOrDefault(target, Map.of()).getOrDefault(design, List.of()));
  }

  /**
   * Estimated error of the converged coefficients that a design's errors are about, its mean over
   * pictures; NaN if there is none.
   */
  public double uncertainty(String target, String design) {
    List<ProfileLine> references =
        lines.stream()
            .filter(ProfileLine::isReference)
            .filter(
                line -> line.setting().target().equals(target) && design.equals(line.strongest()))
            .toList();
    return Band.mean(references, line -> line.quality().error());
  }

  /** How many samples the converged coefficients come from, or 0 if there are none. */
  int reference() {
    return lines.stream()
        .filter(ProfileLine::isReference)
        .mapToInt(line -> line.setting().samples())
        .max()
        .orElse(0);
  }

  int pictures() {
    return (int) lines.stream().map(line -> line.setting().picture()).distinct().count();
  }

  int seeds() {
    return (int)
        lines.stream()
            .filter(l -> !l.isReference())
            .map(line -> line.setting().seed())
            .distinct()
            .count();
  }

  /** Seeds whose fits have deletion and insertion areas. */
  int curvedSeeds() {
    return (int)
        lines.stream()
            .filter(l -> l.quality().deletion() != null)
            .map(line -> line.setting().seed())
            .distinct()
            .count();
  }

  /** The numbers of samples, rising. */
  List<Integer> counts() {
    return lines.stream()
        .filter(line -> !line.isReference())
        .map(line -> line.setting().samples())
        .distinct()
        .sorted()
        .toList();
  }

  /** The fewest and the most superpixels of a picture. */
  List<Integer> superpixels() {
    int fewest = lines.stream().mapToInt(line -> line.setting().superpixels()).min().orElse(0);
    int most = lines.stream().mapToInt(line -> line.setting().superpixels()).max().orElse(0);
    return List.of(fewest, most);
  }

  /** The error that a target's sentence is about; empty if there is nothing to take it from. */
  public OptionalDouble wanted(String target) {
    Double fixed = asked;
    return fixed != null
        ? OptionalDouble.of(fixed)
        : curve(target, YARDSTICK).errorAt(YARDSTICK_SAMPLES);
  }

  /** The yardstick's number of samples that the wanted error is taken from, or nothing. */
  OptionalDouble wantedFrom(String target) {
    Curve yardstick = curve(target, YARDSTICK);
    return asked != null || yardstick.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(yardstick.nearest(YARDSTICK_SAMPLES));
  }
}
