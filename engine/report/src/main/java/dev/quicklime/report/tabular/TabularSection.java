package dev.quicklime.report.tabular;

import dev.quicklime.fidelity.Verdict;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.chart.IntervalBars;
import dev.quicklime.report.chart.IntervalBars.Bar;
import dev.quicklime.report.chart.IntervalBars.Panel;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.tabular.TabularPageModel.EffectTable;
import dev.quicklime.report.tabular.TabularPageModel.FormTable;
import dev.quicklime.report.tabular.TabularPageModel.Line;
import dev.quicklime.report.tabular.TabularPageModel.Row;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.Feature;
import dev.quicklime.tabular.TabularClass;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularFit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that a page says about one class. */
final class TabularSection {

  /** Half as wide as a page; in narrower ones names of features are cut early. */
  private static final int PAGE_WIDTH = 380;

  private final TabularResult result;
  private final TabularExplanation explanation;
  private final int position;
  private final TabularClass explained;
  private final TabularFit fit;

  TabularSection(TabularResult result, int position) {
    this.result = result;
    this.explanation = result.explanation();
    this.position = position;
    this.explained = explanation.classes().get(position);
    this.fit = explained.fit();
  }

  /** The section, its chart drawn by what numbers all of the page. */
  TabularPageModel.Section build(PageFigures figures) {
    return new TabularPageModel.Section(
        new SectionHead(
            "class-" + explained.scored().index(),
            explained.scored().label(),
            explained.scored().index(),
            facts(),
            fit.fit().notices()),
        chart(figures),
        new EffectTable(
            TabularWords.noun(explanation),
            fit.fit().intervals() instanceof Intervals.Margins,
            fit.strongest().stream().map(this::row).toList()),
        new FormTable(
            result.constraints().stream().map(Constraint::name).toList(), comparison(), norms()));
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    ScoredClass scored = explained.scored();
    String score = ScoreDigits.of(explanation.model()).score(scored.score());
    if (!explanation.regression()) {
      facts.add(new Fact("raw score", score));
      facts.add(
          new Fact(
              "probability", TabularWords.probability(explanation, scored, scored.probability())));
    } else {
      facts.add(new Fact("output", score));
    }
    facts.add(
        new Fact(
            "local prediction", TabularWords.value(explanation, scored, fit.localPrediction())));
    facts.add(new Fact("R²", TabularWords.r2(fit.r2())));
    Verdict verdict = explanation.verdict(explanation.classes().indexOf(explained));
    if (verdict != null) {
      facts.add(new Fact("verdict", "%s (%s)".formatted(verdict.words(), verdict.because())));
    }
    facts.add(new Fact("surrogate", Constraint.name(fit.surrogate())));
    facts.add(new Fact("features used", fit.selected() + " of " + fit.effects().size()));
    if (fit.fit().alpha() != 0) {
      facts.add(new Fact("multiplier", Numbers.significant(fit.fit().alpha(), 3)));
    }
    if (fit.fit().intervals() instanceof Intervals.None(String reason)) {
      facts.add(new Fact("95 % intervals", "none: " + reason));
    }
    return facts;
  }

  private Feature feature(Effect effect) {
    return explanation.features().get(effect.feature());
  }

  private Row row(Effect effect) {
    return new Row(
        TabularWords.equation(feature(effect)),
        TabularWords.signed(effect.coefficient(), 4),
        TabularWords.margin(effect.margin()),
        TabularWords.signed(effect.perDeviation(), 4),
        TabularWords.margin(effect.marginPerDeviation(feature(effect))),
        effect.perDeviation() > 0 ? "for" : effect.perDeviation() < 0 ? "against" : "");
  }

  /** Both panels side by side in one file, and each by itself on a page that may be narrow. */
  private Shown chart(PageFigures figures) {
    List<Effect> shown =
        fit.strongest().stream().filter(Effect::selected).limit(IntervalBars.MOST).toList();
    String noun = TabularWords.noun(explanation);
    Panel scaled =
        new Panel(
            explained.scored().label() + ": per standard deviation",
            "",
            noun + " for one standard deviation",
            shown.stream()
                .map(
                    effect ->
                        new Bar(
                            TabularWords.equation(feature(effect)),
                            effect.perDeviation(),
                            effect.marginPerDeviation(feature(effect))))
                .toList());
    Panel original =
        new Panel(
            "in original units",
            "",
            noun + " for one unit of the feature",
            shown.stream()
                .map(
                    effect ->
                        new Bar(
                            TabularWords.original(effect), effect.coefficient(), effect.margin()))
                .toList());
    String errors =
        switch (fit.fit().intervals()) {
          case Intervals.Margins _ -> "Whiskers are 95 % intervals.";
          case Intervals.None(String reason) -> "No intervals: " + reason + ".";
        };
    String caption =
        "The %s strongest of %s features, first for one standard deviation of each, then for one unit of it (a categorical feature: for having this value). %s"
            .formatted(shown.size(), fit.effects().size(), errors);
    String units = alt("Bar chart. ", shown, TabularWords::original);
    return figures.show(
        figure(IntervalBars.draw(List.of(scaled, original)), caption, units),
        List.of(
            figure(
                IntervalBars.drawClose(scaled, PAGE_WIDTH),
                caption,
                alt(
                    "Bar chart, for one standard deviation. ",
                    shown,
                    effect -> TabularWords.signed(effect.perDeviation(), 4))),
            figure(IntervalBars.drawClose(original, PAGE_WIDTH), caption, units)));
  }

  private Figure figure(Plate plate, String caption, String alt) {
    String label = explained.scored().label();
    return plate.figure(
        "class-%s-coefficients".formatted(explained.scored().index()),
        "Coefficients for “" + label + "”",
        caption,
        alt);
  }

  private String alt(String begin, List<Effect> shown, Function<Effect, String> value) {
    return shown.stream()
        .map(effect -> TabularWords.equation(feature(effect)) + ": " + value.apply(effect))
        .collect(Collectors.joining("; ", begin, "."));
  }

  private List<Line> comparison() {
    List<Line> lines = new ArrayList<>();
    for (Effect first : fit.strongest()) {
      lines.add(
          line(
              TabularWords.equation(feature(first)),
              other ->
                  other.effects().stream()
                      .filter(effect -> effect.feature() == first.feature())
                      .filter(Effect::selected)
                      .map(effect -> TabularWords.signed(effect.perDeviation(), 3))
                      .findFirst()
                      .orElse("·")));
    }
    return lines;
  }

  private List<Line> norms() {
    return List.of(
        line("R²", other -> TabularWords.r2(other.r2())),
        line("ℓ0, features used", other -> Integer.toString(other.selected())),
        line("ℓ1", other -> Numbers.significant(Constraint.norm(other, 1), 3)),
        line("ℓ2", other -> Numbers.significant(Constraint.norm(other, 2), 3)),
        line(
            "multiplier",
            other -> other.fit().alpha() == 0 ? "·" : Numbers.significant(other.fit().alpha(), 3)));
  }

  private Line line(String name, Function<TabularFit, String> cell) {
    return new Line(
        name,
        result.constraints().stream()
            .map(constraint -> cell.apply(constraint.fits().get(position)))
            .toList());
  }
}
