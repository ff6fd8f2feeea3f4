package dev.quicklime.report.tabular;

import dev.quicklime.fidelity.Verdict;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Visible;
import dev.quicklime.report.text.Words;
import dev.quicklime.run.Stage;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.Feature;
import dev.quicklime.tabular.TabularClass;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularFit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints an explained row: its effects, then the forms of constraint side by side.
 *
 * @param result what is printed
 */
public record TabularText(TabularResult result) {

  private static final int LISTED = 15;
  private static final int NAME = 30;

  /** Prints every explained class, its largest effects first. */
  public void print(PrintWriter out) {
    TabularExplanation explanation = result.explanation();
    out.printf(
        Locale.ROOT,
        "%s, row %d: %d features, %,d rows around it, width %.3g%n",
        Visible.line(result.data()),
        result.row(),
        explanation.samples().matrix().columns(),
        explanation.samples().rows() - 1,
        explanation.samples().width());
    for (int c = 0; c < explanation.classes().size(); c++) {
      TabularClass explained = explanation.classes().get(c);
      out.printf(Locale.ROOT, "%n%s%n", head(explained));
      Verdict verdict = explanation.verdict(c);
      if (verdict != null) {
        out.printf(Locale.ROOT, "  %s (%s)%n", verdict.words(), Words.ascii(verdict.because()));
      }
      effects(out, explained.fit());
      comparison(out, c);
    }
    out.printf(
        Locale.ROOT,
        "%ntime: %s in all, draw %s, model %s, fit %s%n",
        Words.duration(explanation.timings().total()),
        Words.duration(explanation.timings().of(Stage.DRAW)),
        Words.duration(explanation.timings().of(Stage.FORWARD)),
        Words.duration(explanation.timings().of(Stage.SURROGATE)));
  }

  private String head(TabularClass explained) {
    TabularExplanation explanation = result.explanation();
    return "%s: %s %s, surrogate %s, R² %s"
        .formatted(
            Visible.line(explained.scored().label()),
            TabularWords.noun(explanation),
            TabularWords.value(explanation, explained.scored(), explained.value()),
            TabularWords.value(explanation, explained.scored(), explained.fit().localPrediction()),
            TabularWords.r2(explained.fit().r2()));
  }

  private void effects(PrintWriter out, TabularFit fit) {
    out.printf(
        Locale.ROOT,
        "  %-" + NAME + "s %12s %10s   %12s %10s%n",
        Constraint.name(fit.surrogate()),
        "per unit",
        "95 %",
        "per std.dev.",
        "95 %");
    List<Effect> effects = fit.strongest().stream().filter(Effect::selected).toList();
    for (Effect effect : effects.subList(0, Math.min(LISTED, effects.size()))) {
      Feature feature = result.explanation().features().get(effect.feature());
      out.printf(
          Locale.ROOT,
          "  %-" + NAME + "s %12s %10s   %12s %10s%n",
          cut(TabularWords.equation(feature)),
          TabularWords.signed(effect.coefficient(), 4),
          TabularWords.margin(effect.margin()),
          TabularWords.signed(effect.perDeviation(), 4),
          TabularWords.margin(effect.marginPerDeviation(feature)));
    }
    if (effects.size() > LISTED) {
      out.printf(Locale.ROOT, "  and %d weaker ones%n", effects.size() - LISTED);
    }
    if (fit.fit().intervals() instanceof Intervals.None(String reason)) {
      out.printf(Locale.ROOT, "  no intervals: %s%n", reason);
    }
  }

  /** A row for each feature, a column for each constraint. */
  private void comparison(PrintWriter out, int position) {
    out.printf(Locale.ROOT, "%n  %-" + NAME + "s", "per standard deviation");
    result
        .constraints()
        .forEach(constraint -> out.printf(Locale.ROOT, " %14s", cut(constraint.name(), 14)));
    out.println();
    List<TabularFit> fits = new ArrayList<>();
    result.constraints().forEach(constraint -> fits.add(constraint.fits().get(position)));
    List<Effect> strongest = result.explanation().classes().get(position).fit().strongest();
    for (Effect first : strongest.subList(0, Math.min(LISTED, strongest.size()))) {
      Feature feature = result.explanation().features().get(first.feature());
      line(
          out,
          cut(TabularWords.equation(feature)),
          fits,
          fit ->
              fit.effects().stream()
                  .filter(effect -> effect.feature() == first.feature())
                  .map(
                      effect ->
                          effect.selected() ? TabularWords.signed(effect.perDeviation(), 3) : "·")
                  .findFirst()
                  .orElse("·"));
    }
    line(out, "R²", fits, fit -> TabularWords.r2(fit.r2()));
    line(out, "ℓ0, features used", fits, fit -> Integer.toString(fit.selected()));
    line(out, "ℓ1", fits, fit -> Numbers.significant(Constraint.norm(fit, 1), 3));
    line(out, "ℓ2", fits, fit -> Numbers.significant(Constraint.norm(fit, 2), 3));
    line(
        out,
        "multiplier",
        fits,
        fit -> fit.fit().alpha() == 0 ? "·" : Numbers.significant(fit.fit().alpha(), 3));
  }

  private static void line(
      PrintWriter out, String name, List<TabularFit> fits, Function<TabularFit, String> value) {
    out.printf(Locale.ROOT, "  %-" + NAME + "s", name);
    fits.forEach(fit -> out.printf(Locale.ROOT, " %14s", value.apply(fit)));
    out.println();
  }

  private static String cut(String text) {
    return cut(text, NAME);
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length - 1) + "…" : text;
  }
}
