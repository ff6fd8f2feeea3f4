package dev.quicklime.cli.report;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ScoredClass;
import dev.quicklime.SideBySide;
import dev.quicklime.cli.report.ReportModel.Row;
import dev.quicklime.cli.report.ReportModel.Section;
import dev.quicklime.cli.report.ReportModel.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The parts of a report that deal with one class each.
 *
 * @param subject the report
 * @param numbering gives a figure its number
 */
record ClassSections(Subject subject, Function<Figure, Shown> numbering) {

  /** Draws the figures of all classes. */
  List<Section> build() {
    List<Section> sections = new ArrayList<>();
    for (ClassExplanation explained : subject.explanation().classes()) {
      sections.add(section(explained));
    }
    return sections;
  }

  /** What links to a class's section call it. */
  static String id(ScoredClass scored) {
    return "class-" + scored.index();
  }

  private Section section(ClassExplanation explained) {
    ClassFigures figures = new ClassFigures(subject, explained);
    List<Shown> pictures = new ArrayList<>();
    pictures.add(numbering.apply(figures.parts()));
    pictures.add(numbering.apply(figures.heatMap()));
    SideBySide beside = subject.input().beside();
    if (beside != null) {
      int position = subject.explanation().classes().indexOf(explained);
      pictures.add(numbering.apply(new BesideFigure(subject, beside).draw(position)));
    }
    Shown chart = numbering.apply(figures.chart());
    ShownWeights weights = figures.weights();
    int missing = weights.count() - Math.min(weights.count(), WeightChart.MOST);
    return new Section(
        id(explained.scored()),
        explained.scored().label(),
        explained.scored().index(),
        new FitFacts(subject, explained).full(),
        explained.fit().notices(),
        pictures,
        chart,
        subject.unit().axis(),
        rows(weights),
        weights.hasMargins(),
        missing == 0 ? "" : Numbers.counted(missing, "weaker superpixel") + " not listed.");
  }

  private List<Row> rows(ShownWeights weights) {
    int[] areas = subject.explanation().segments().areas();
    double pixels =
        (double) subject.explanation().segments().width()
            * subject.explanation().segments().height();
    List<Row> rows = new ArrayList<>();
    for (int superpixel : weights.strongest(WeightChart.MOST)) {
      Double margin = weights.margin(superpixel);
      rows.add(
          new Row(
              superpixel,
              weights.weight(superpixel) > 0 ? "for" : "against",
              weights.text(superpixel),
              margin == null ? "" : Numbers.fixed(margin, weights.decimals()),
              Numbers.percent(areas[superpixel] / pixels)));
    }
    return rows;
  }
}
