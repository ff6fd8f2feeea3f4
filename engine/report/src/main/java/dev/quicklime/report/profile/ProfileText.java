package dev.quicklime.report.profile;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints what a profile found, for a terminal. */
public final class ProfileText {

  private ProfileText() {}

  /** Prints tables, sentences and warnings. */
  public static void print(ProfileSummary summary, PrintWriter out) {
    ProfileFindings findings = new ProfileFindings(summary);
    summary
        .points()
        .forEach(
            (target, byDesign) -> {
              out.printf(Locale.ROOT, "%s, %s%n", target, ProfileWords.basis(summary));
              out.printf(Locale.ROOT, "  %-24s", "samples");
              summary.counts().forEach(n -> out.printf(Locale.ROOT, " %8d", n));
              out.println();
              row(out, byDesign, summary.counts(), Metric.ERROR, "%8.3g");
              row(out, byDesign, summary.counts(), Metric.HELD_OUT_R2, "%8.3f");
              row(out, byDesign, summary.counts(), Metric.LIKENESS, "%8.3f");
              row(out, byDesign, summary.counts(), Metric.COVERAGE, "%8.3f");
              each(out, byDesign, summary.counts());
              stops(out, summary, target);
              out.println(findings.sentence(target));
              findings.warning(target).ifPresent(out::println);
              out.println();
            });
    out.flush();
  }

  private static void stops(PrintWriter out, ProfileSummary summary, String target) {
    Map<String, Stops> stops = summary.stops(target);
    if (stops.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "  stop bound %-13s %8s %17s %8s %8s %14s %8s%n",
        ProfileWords.bound(summary),
        "samples",
        "most seeds",
        "error",
        "coverage",
        "least to most",
        "unmet");
    out.println("    coverage: share of the weights whose 95 % intervals hold the converged ones");
    stops.forEach(
        (design, stop) ->
            out.printf(
                Locale.ROOT,
                "    %-22s %8.0f %7.0f to %6.0f %8.3g %8.3f %14s %8s%n",
                design,
                stop.samples().mean(),
                stop.samples().low(),
                stop.samples().high(),
                stop.error().mean(),
                stop.coverage().mean(),
                stop.each().isEmpty()
                    ? "-"
                    : String.format(
                        Locale.ROOT, "%.3f to %.3f", stop.each().least(), stop.each().most()),
                stop.unmet() + "/" + stop.runs()));
  }

  /** Which superpixels are held least and most often, where enough seeds tell. */
  private static void each(
      PrintWriter out, Map<String, List<Point>> byDesign, List<Integer> counts) {
    if (byDesign.values().stream().flatMap(List::stream).anyMatch(p -> !p.each().isEmpty())) {
      row(out, byDesign, counts, "of the superpixel held least", p -> p.each().least(), "%8.3f");
      row(out, byDesign, counts, "of the superpixel held most", p -> p.each().most(), "%8.3f");
    }
  }

  private static void row(
      PrintWriter out,
      Map<String, List<Point>> byDesign,
      List<Integer> counts,
      Metric metric,
      String format) {
    if (metric.isIn(byDesign.values())) {
      row(out, byDesign, counts, metric.axis(), point -> metric.of(point).mean(), format);
    }
  }

  private static void row(
      PrintWriter out,
      Map<String, List<Point>> byDesign,
      List<Integer> counts,
      String title,
      ToDoubleFunction<Point> figure,
      String format) {
    out.println("  " + title);
    byDesign.forEach(
        (design, curve) -> {
          out.printf(Locale.ROOT, "    %-22s", design);
          for (int samples : counts) {
            double value =
                curve.stream()
                    .filter(point -> point.samples() == samples)
                    .mapToDouble(figure)
                    .findFirst()
                    .orElse(Double.NaN);
            out.print(
                " "
                    + (Double.isNaN(value)
                        ? "       -"
                        : String.format(Locale.ROOT, format, value)));
          }
          out.println();
        });
  }
}
