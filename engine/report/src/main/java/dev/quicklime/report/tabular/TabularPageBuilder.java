package dev.quicklime.report.tabular;

import dev.quicklime.Environment;
import dev.quicklime.Versions;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.tabular.TabularPageModel.Perturbed;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.report.text.Words;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.tabular.Feature;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Puts an explained row into words and tables. */
final class TabularPageBuilder {

  private final TabularResult result;
  private final TabularExplanation explanation;
  private final PageFigures figures;

  /** Charts are drawn as whoever numbers them says. */
  TabularPageBuilder(TabularResult result, PageFigures figures) {
    this.result = result;
    this.figures = figures;
    this.explanation = result.explanation();
  }

  /** All texts, charts among them. */
  TabularPageModel build() {
    List<TabularPageModel.Section> sections = new ArrayList<>();
    for (int c = 0; c < explanation.classes().size(); c++) {
      sections.add(new TabularSection(result, c).build(figures));
    }
    return new TabularPageModel(
        new PageHead(
            result.data() + ", row " + result.row(),
            explanation.model().name(),
            verdict(),
            facts(),
            explanation.notices(),
            reading()),
        sections,
        explanation.features().stream().map(TabularPageBuilder::perturbed).toList(),
        timings(),
        provenance(),
        Versions.quicklime());
  }

  /** The charts of the model that was built. */
  List<Figure> figures() {
    return figures.all();
  }

  private String verdict() {
    ScoredClass best = explanation.scores().getFirst();
    ScoreDigits digits = ScoreDigits.of(explanation.model());
    return explanation.regression()
        ? "The model's output is %s.".formatted(digits.score(best.score()))
        : "The model's first choice is “%s”, with a probability of %s."
            .formatted(
                best.label(), TabularWords.probability(explanation, best, best.probability()));
  }

  private List<Fact> facts() {
    TabularOptions options = explanation.options();
    long varying = explanation.features().stream().filter(f -> !f.fixed()).count();
    return List.of(
        new Fact("Model", explanation.model().name()),
        new Fact("Features", varying + " of " + explanation.features().size() + " columns vary"),
        new Fact("Rows", Numbers.count(options.samples()) + " and the row itself"),
        new Fact("Design", TabularWords.design(options.design())),
        new Fact(
            "Width", Numbers.significant(explanation.samples().width(), 3) + " std. deviations"),
        new Fact("Target", TabularWords.noun(explanation)),
        new Fact("Time", Words.duration(explanation.timings().total())));
  }

  private List<String> reading() {
    String noun = TabularWords.noun(explanation);
    return List.of(
        ("A coefficient says what one unit more of a feature adds to the %s, by a linear model"
                + " fitted to rows around this one: an average over many neighbours. For one"
                + " standard deviation of its column it can be compared with those of other"
                + " features.")
            .formatted(noun),
        "A categorical feature has one coefficient: what having this row's value, rather than"
            + " another one drawn as often as the data has it, adds.",
        "R² is the share of the neighbours' variation that the linear model follows: near 1 the"
            + " coefficients tell the story, near 0 they are a hint at best. Intervals cover the"
            + " chance of the draw, not the error of the linear model.");
  }

  private static Perturbed perturbed(Feature feature) {
    String noise =
        feature.fixed()
            ? "held fixed"
            : feature.categorical()
                ? "drawn from the column"
                : "σ " + Numbers.significant(feature.deviation(), 4);
    return new Perturbed(feature.name(), feature.value(), noise);
  }

  private List<Fact> timings() {
    Timings timings = explanation.timings();
    return List.of(
        new Fact("draw rows", Words.duration(timings.of(Stage.DRAW))),
        new Fact("model", Words.duration(timings.of(Stage.FORWARD))),
        new Fact("fit", Words.duration(timings.of(Stage.SURROGATE))),
        new Fact("total", Words.duration(timings.total())));
  }

  private List<Fact> provenance() {
    TabularOptions options = explanation.options();
    ClassifierInfo model = explanation.model();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Data", result.data()));
    facts.add(new Fact("Row", Integer.toString(result.row())));
    facts.add(new Fact("Model", model.name()));
    facts.add(new Fact("Model inputs", String.join(", ", explanation.samples().inputs())));
    facts.add(new Fact("Samples", Numbers.count(options.samples())));
    facts.add(new Fact("Design", Words.option(options.design())));
    facts.add(new Fact("Width", Double.toString(explanation.samples().width())));
    facts.add(new Fact("Target", Words.option(options.target())));
    facts.add(new Fact("Classes", Words.option(options.classes())));
    facts.add(new Fact("Surrogate", Words.option(options.surrogate())));
    facts.add(new Fact("Seed", Long.toString(options.seed())));
    facts.add(new Fact("Runtime", model.runtime()));
    facts.add(new Fact("Device", model.device()));
    facts.add(new Fact("Threads", Integer.toString(model.threads())));
    facts.add(new Fact("Processor", Environment.cpu()));
    new TreeMap<>(Versions.all())
        .forEach((name, version) -> facts.add(new Fact("Version of " + name, version)));
    return facts;
  }
}
