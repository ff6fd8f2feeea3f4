package dev.quicklime.cli.profile;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the lines of a profile come to: means over pictures and classes, bands over seeds. */
public final class ProfileSummary {

  /** The share of seeds below and above a band: one standard deviation of a normal distribution. */
  private static final double TAIL = 0.16;

  private static final double YARDSTICK_SAMPLES = 1000;
  private static final String YARDSTICK = "bernoulli";

  /** A reference that is off by more than this share of an error is part of that error. */
  private static final double UNSURE = 0.1;

  private final List<Line> lines;
  private final List<String> designs;
  private final @Nullable Double asked;
  private final Map<String, Map<String, List<Point>>> points = new LinkedHashMap<>();

  /**
   * What one design comes to with some samples, for one target.
   *
   * @param samples how many
   * @param error mean relative squared error, or NaN
   * @param low error that 16 % of the seeds are below, each its mean over pictures
   * @param high error that 16 % of the seeds are above
   * @param heldOutR2 mean, or NaN
   * @param coverage mean, or NaN
   * @param jaccard mean likeness of the strongest superpixels of two seeds, or NaN
   * @param deletion mean area, or NaN
   * @param insertion mean area, or NaN
   * @param seconds mean time
   */
  public record Point(
      int samples,
      double error,
      double low,
      double high,
      double heldOutR2,
      double coverage,
      double jaccard,
      double deletion,
      double insertion,
      double seconds) {}

  private ProfileSummary(List<Line> lines, List<String> designs, @Nullable Double asked) {
    this.lines = lines;
    this.designs = designs;
    this.asked = asked;
  }

  /**
   * Sums lines up.
   *
   * @param designs in the order in which they are shown
   * @param asked the error that the sentences are about, or null for that of a yardstick
   */
  public static ProfileSummary of(List<Line> lines, List<String> designs, @Nullable Double asked) {
    ProfileSummary summary = new ProfileSummary(lines, designs, asked);
    Map<String, List<Line>> byTarget =
        lines.stream()
            .filter(line -> !line.isReference())
            .collect(Collectors.groupingBy(Line::target, LinkedHashMap::new, Collectors.toList()));
    byTarget.forEach(
        (target, ofTarget) -> {
          Map<String, List<Point>> byDesign = new LinkedHashMap<>();
          for (String design : designs) {
            Map<Integer, List<Line>> bySamples =
                ofTarget.stream()
                    .filter(line -> line.design().equals(design))
                    .collect(
                        Collectors.groupingBy(Line::samples, TreeMap::new, Collectors.toList()));
            byDesign.put(
                design,
                bySamples.entrySet().stream()
                    .map(entry -> point(entry.getKey(), entry.getValue()))
                    .toList());
          }
          summary.points.put(target, byDesign);
        });
    return summary;
  }

  private static Point point(int samples, List<Line> lines) {
    List<Double> bySeed =
        lines.stream()
            .filter(line -> line.error() != null)
            .collect(Collectors.groupingBy(Line::seed, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(ofSeed -> mean(ofSeed, Line::error))
            .sorted()
            .toList();
    return new Point(
        samples,
        mean(lines, Line::error),
        quantile(bySeed, TAIL),
        quantile(bySeed, 1 - TAIL),
        mean(lines, Line::heldOutR2),
        mean(lines, Line::coverage),
        jaccard(lines),
        mean(lines, Line::deletion),
        mean(lines, Line::insertion),
        mean(lines, Line::seconds));
  }

  private static double mean(List<Line> lines, Function<Line, @Nullable Double> figure) {
    return lines.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private static double quantile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    double place = share * (sorted.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
  }

  private static double jaccard(List<Line> lines) {
    Map<List<Object>, List<Line>> alike =
        lines.stream()
            .collect(Collectors.groupingBy(line -> List.of(line.picture(), line.classIndex())));
    List<Double> found = new ArrayList<>();
    for (List<Line> runs : alike.values()) {
      for (int i = 0; i < runs.size(); i++) {
        for (int k = 0; k < i; k++) {
          Set<Integer> both = new HashSet<>(runs.get(i).top());
          Set<Integer> either = new HashSet<>(both);
          List<Integer> other = runs.get(k).top();
          either.addAll(other);
          both.retainAll(other);
          found.add(either.isEmpty() ? 1 : (double) both.size() / either.size());
        }
      }
    }
    return found.stream().mapToDouble(j -> j).average().orElse(Double.NaN);
  }

  /** By target, then by design: what there is for each number of samples, rising. */
  public Map<String, Map<String, List<Point>>> points() {
    return points;
  }

  List<String> designs() {
    return designs;
  }

  /** The largest estimated error of a converged fit, for a target; NaN if there is none. */
  public double uncertainty(String target) {
    return lines.stream()
        .filter(line -> line.isReference() && line.target().equals(target))
        .mapToDouble(line -> line.error() == null ? Double.NaN : line.error())
        .average()
        .orElse(Double.NaN);
  }

  /** What a reader should know before trusting the errors. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (String target : points.keySet()) {
      double smallest =
          points.get(target).values().stream()
              .flatMap(List::stream)
              .mapToDouble(Point::error)
              .filter(Double::isFinite)
              .min()
              .orElse(Double.NaN);
      if (uncertainty(target) > UNSURE * smallest) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "The converged coefficients of %s are themselves known to a relative squared error"
                    + " of %.2g only, and the smallest error measured is %.2g: it holds part of"
                    + " theirs. A larger --reference helps.",
                target,
                uncertainty(target),
                smallest));
      }
    }
    return warnings;
  }

  /** All numbers of samples of a target, rising. */
  List<Integer> counts(String target) {
    return points.getOrDefault(target, Map.of()).values().stream()
        .flatMap(List::stream)
        .map(Point::samples)
        .distinct()
        .sorted()
        .toList();
  }

  /** How many superpixels the pictures have: one number, or the least and the most. */
  String superpixels() {
    int least = lines.stream().mapToInt(Line::superpixels).min().orElse(0);
    int most = lines.stream().mapToInt(Line::superpixels).max().orElse(0);
    return least == most ? "" + least : least + " to " + most;
  }

  /** Samples that a design needs for the asked error, or NaN. */
  double samples(String target, String design) {
    OptionalDouble error = wanted(target);
    return error.isEmpty()
        ? Double.NaN
        : samplesFor(target, design, error.getAsDouble()).orElse(Double.NaN);
  }

  int pictures() {
    return (int) lines.stream().map(Line::picture).distinct().count();
  }

  int seeds() {
    return (int) lines.stream().filter(l -> !l.isReference()).map(Line::seed).distinct().count();
  }

  /** The error that a target's sentence is about. */
  OptionalDouble wanted(String target) {
    Double fixed = asked;
    if (fixed != null) {
      return OptionalDouble.of(fixed);
    }
    List<Point> yardstick = of(target, YARDSTICK);
    return yardstick.isEmpty() ? OptionalDouble.empty() : errorAt(yardstick, YARDSTICK_SAMPLES);
  }

  private List<Point> of(String target, String design) {
    return points.getOrDefault(target, Map.of()).getOrDefault(design, List.of());
  }

  /** Error at some samples, on straight lines between logarithms. */
  private static OptionalDouble errorAt(List<Point> curve, double samples) {
    Point last = curve.getLast();
    if (last.samples() < samples) {
      return OptionalDouble.of(last.error());
    }
    for (int i = 1; i < curve.size(); i++) {
      Point a = curve.get(i - 1);
      Point b = curve.get(i);
      if (samples >= a.samples() && samples <= b.samples()) {
        double share =
            Math.log(samples / a.samples()) / Math.log((double) b.samples() / a.samples());
        return finite(a.error() * Math.pow(b.error() / a.error(), share));
      }
    }
    return finite(curve.getFirst().error());
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /**
   * The fewest samples from which on a design's error stays at or below one, on straight lines
   * between logarithms; empty if it does not come down to it, and the first number that was
   * measured if it was below from the first.
   */
  OptionalDouble samplesFor(String target, String design, double error) {
    List<Point> curve = of(target, design);
    double found = Double.NaN;
    for (int i = curve.size() - 1; i >= 0; i--) {
      Point b = curve.get(i);
      if (!(b.error() <= error)) {
        if (i + 1 < curve.size()) {
          Point next = curve.get(i + 1);
          double share = Math.log(b.error() / error) / Math.log(b.error() / next.error());
          found = b.samples() * Math.pow((double) next.samples() / b.samples(), share);
        }
        break;
      }
      found = b.samples();
    }
    return finite(found);
  }

  /** One sentence: the smallest number of samples for each design that reaches the asked error. */
  public String sentence(String target) {
    OptionalDouble wanted = wanted(target);
    if (wanted.isEmpty()) {
      return "On %s no error was asked for, and no bernoulli was measured to take it from."
          .formatted(target);
    }
    OptionalDouble yardstick = samplesFor(target, YARDSTICK, wanted.getAsDouble());
    List<String> parts = new ArrayList<>();
    for (String design : designs) {
      List<Point> curve = of(target, design);
      if (curve.isEmpty()) {
        continue;
      }
      OptionalDouble samples = samplesFor(target, design, wanted.getAsDouble());
      if (samples.isEmpty()) {
        parts.add("more than %d with %s".formatted(curve.getLast().samples(), design));
        continue;
      }
      boolean first = samples.getAsDouble() == curve.getFirst().samples();
      String ratio =
          yardstick.isPresent() && !design.equals(YARDSTICK)
              ? String.format(
                  Locale.ROOT,
                  " (%.1f times fewer)",
                  yardstick.getAsDouble() / samples.getAsDouble())
              : "";
      parts.add(
          String.format(
              Locale.ROOT,
              "%s%.0f with %s%s",
              first ? "at most " : "",
              samples.getAsDouble(),
              design,
              ratio));
    }
    String source =
        asked == null
            ? String.format(
                Locale.ROOT,
                "; that is the error of bernoulli with %.0f.",
                Math.min(YARDSTICK_SAMPLES, of(target, YARDSTICK).getLast().samples()))
            : ".";
    return String.format(
            Locale.ROOT,
            "On %s a relative squared error of %.3g takes these numbers of samples: ",
            target,
            wanted.getAsDouble())
        + String.join(", ", parts)
        + source;
  }

  /** Prints tables and sentences. */
  public void print(PrintWriter out) {
    warnings().forEach(warning -> out.println("note: " + warning));
    points.forEach(
        (target, byDesign) -> {
          out.printf(
              Locale.ROOT,
              "%s: relative squared error of the coefficients (%d pictures, %d seeds; the converged"
                  + " ones are known to %.2g)%n",
              target,
              pictures(),
              seeds(),
              uncertainty(target));
          out.printf("  %-12s", "samples");
          counts(target).forEach(n -> out.printf(" %8d", n));
          out.println();
          row(out, byDesign, "", Point::error, "%8.3g");
          row(out, byDesign, "R2 held out, ", Point::heldOutR2, "%8.3f");
          row(out, byDesign, "coverage, ", Point::coverage, "%8.3f");
          out.println(sentence(target));
          out.println();
        });
    out.flush();
  }

  private static void row(
      PrintWriter out,
      Map<String, List<Point>> byDesign,
      String prefix,
      Function<Point, Double> figure,
      String format) {
    if (!prefix.isEmpty()) {
      out.println("  " + prefix.replace(", ", ""));
    }
    byDesign.forEach(
        (design, curve) -> {
          out.printf("  %-12s", design);
          for (Point point : curve) {
            double value = figure.apply(point);
            out.print(" " + (Double.isNaN(value) ? "       -" : format.formatted(value)));
          }
          out.println();
        });
  }
}
