package dev.quicklime.cli.refit;

import dev.quicklime.cli.options.SurrogateFlags;
import dev.quicklime.report.text.Visible;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints fits.
 *
 * @param run what was fitted
 */
record RefitTable(RefitRun run) {

  /** How many superpixels a line of the comparison names, and a single fit lists. */
  private static final int NAMED = 6;

  private static final int LISTED = 15;

  void print(PrintWriter out, boolean comparison) {
    out.printf(
        Locale.ROOT,
        "%s: %,d rows, %d superpixels, %s%n",
        run.file(),
        run.input().masks().rows(),
        run.input().masks().columns(),
        run.classes().size() == 1 ? "1 class" : run.classes().size() + " classes");
    for (int position = 0; position < run.classes().size(); position++) {
      out.printf("%n%s%n", Visible.line(run.label(position)));
      if (comparison) {
        compare(out, position);
      } else {
        list(out, run.refits().getFirst().fits().get(position));
      }
    }
    notices(out);
  }

  private void compare(PrintWriter out, int position) {
    out.printf("  %-12s %8s %8s %10s %9s  %s%n", "", "R²", "non-zero", "alpha", "ms", "strongest");
    for (RefitRun.Refit refit : run.refits()) {
      LinearFit fit = refit.fits().get(position);
      out.printf(
          Locale.ROOT,
          "  %-12s %8s %8d %10s %9.2f  %s%n",
          SurrogateFlags.name(refit.surrogate()),
          r2(fit),
          fit.selected().size(),
          alpha(fit),
          refit.millis(),
          strongest(fit).stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    out.printf("  ms are those of all classes; alphas of different surrogates do not compare%n");
  }

  private static void list(PrintWriter out, LinearFit fit) {
    out.printf(
        Locale.ROOT,
        "  R² %s, %d of %d weights are not 0, alpha %s, intercept %.6g%n",
        r2(fit),
        fit.selected().size(),
        fit.coefficients().size(),
        alpha(fit),
        fit.intercept());
    List<Integer> selected = fit.selected();
    for (int superpixel : selected.subList(0, Math.min(LISTED, selected.size()))) {
      Double margin = fit.margin(superpixel);
      out.printf(
          Locale.ROOT,
          "  %6d  %+.6g%s%n",
          superpixel,
          fit.coefficients().get(superpixel),
          margin == null ? "" : String.format(Locale.ROOT, " ± %.3g", margin));
    }
    if (selected.size() > LISTED) {
      out.printf("  and %d weaker ones%n", selected.size() - LISTED);
    }
    if (fit.intervals() instanceof Intervals.None(String reason)) {
      out.printf("  no intervals: %s%n", reason);
    }
  }

  /** What there is to know about fits, each once. */
  private void notices(PrintWriter out) {
    Set<String> lines = new LinkedHashSet<>();
    for (RefitRun.Refit refit : run.refits()) {
      for (LinearFit fit : refit.fits()) {
        for (String notice : fit.notices()) {
          lines.add(SurrogateFlags.name(refit.surrogate()) + ": " + notice);
        }
      }
    }
    lines.forEach(line -> out.printf("%nnote: %s%n", line));
    out.println();
  }

  private static List<Integer> strongest(LinearFit fit) {
    List<Integer> selected = fit.selected();
    return selected.subList(0, Math.min(NAMED, selected.size()));
  }

  private static String r2(LinearFit fit) {
    Double r2 = fit.r2();
    return r2 == null ? "-" : String.format(Locale.ROOT, "%.4f", r2);
  }

  private static String alpha(LinearFit fit) {
    return fit.alpha() == 0 ? "-" : String.format(Locale.ROOT, "%.4g", fit.alpha());
  }
}
