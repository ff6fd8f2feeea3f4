package dev.quicklime.cli.report;

import dev.quicklime.ClassExplanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.cli.figure.BesideFigure;
import dev.quicklime.cli.figure.ClassFigures;
import dev.quicklime.cli.figure.IntervalBars;
import dev.quicklime.cli.figure.Numbers;
import dev.quicklime.cli.figure.ShownWeights;
import dev.quicklime.cli.figure.Subject;
import dev.quicklime.cli.report.Figures.Shown;
import dev.quicklime.cli.report.ReportModel.Row;
import dev.quicklime.cli.report.ReportModel.Section;
import dev.quicklime.model.ScoredClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a report that deal with one class each.
 *
 * @param subject what is explained
 * @param beside Grad-CAM of the same classes, or null
 * @param shown gives figures their numbers
 * @param id what ids of shared parts of the page begin with
 */
record ClassSections(Subject subject, @Nullable SideBySide beside, Figures shown, String id) {

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
    ShownWeights weights = figures.weights();
    Shown parts = shown.show(figures.parts());
    Shown both = shown.show(figures.both());
    Explorer explorer = Explorer.of(subject, weights, both.number(), both.figure(), id);
    List<Shown> pictures = new ArrayList<>();
    pictures.add(shown.show(figures.heatMap()));
    pictures.add(shown.show(figures.boundary()));
    if (beside != null) {
      int position = subject.explanation().classes().indexOf(explained);
      pictures.add(shown.show(new BesideFigure(subject, beside).draw(position)));
    }
    Shown chart = shown.show(figures.chart());
    int missing = weights.count() - Math.min(weights.count(), IntervalBars.MOST);
    return new Section(
        id(explained.scored()),
        explained.scored().label(),
        explained.scored().index(),
        new FitFacts(subject, explained).full(),
        explained.fit().notices(),
        parts,
        explorer,
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
    for (int superpixel : weights.strongest(IntervalBars.MOST)) {
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
