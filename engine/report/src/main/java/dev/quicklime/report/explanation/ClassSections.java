package dev.quicklime.report.explanation;

import dev.quicklime.ClassExplanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.chart.IntervalBars;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.explanation.ReportModel.Drawn;
import dev.quicklime.report.explanation.ReportModel.Further;
import dev.quicklime.report.explanation.ReportModel.Row;
import dev.quicklime.report.explanation.ReportModel.Section;
import dev.quicklime.report.explanation.ReportModel.WeightTable;
import dev.quicklime.report.figure.BesideFigure;
import dev.quicklime.report.figure.ClassFigures;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.figure.WaterfallFigure;
import dev.quicklime.report.page.Explorer;
import dev.quicklime.report.page.HeatPlate;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PaperBox;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.surrogate.Shapley;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a report that deal with one class each.
 *
 * @param subject what is explained
 * @param fidelity what further samples said, or null
 * @param beside Grad-CAM of the same classes, or null
 * @param shown gives figures their numbers
 * @param id what ids of shared parts of the page begin with
 * @param drawn how many classes have figures
 * @param seen number of the figure that has shown the heat map of the first class
 */
record ClassSections(
    Subject subject,
    @Nullable Fidelity fidelity,
    @Nullable SideBySide beside,
    PageFigures shown,
    String id,
    int drawn,
    int seen) {

  /** Under this probability a class is a row, unless it is the first: its weights hardly matter. */
  private static final double HARDLY_LIKELY = 0.01;

  /** Three pictures are side by side, as {@code report.css} prints them. */
  private static final PaperBox ON_PAPER = new PaperBox(166, 119);

  /** Width of a chart in the place of two of them, where its letters are 8 pt. */
  private static final int CHART = 360;

  /** Draws the figures of as many classes as have them. */
  List<Section> build() {
    List<Section> sections = new ArrayList<>();
    for (ClassExplanation explained : subject.explanation().classes()) {
      sections.add(section(explained, sections.size() < drawn));
    }
    return sections;
  }

  /** What links to a class's section call it. */
  static String id(ScoredClass scored) {
    return "class-" + scored.index();
  }

  private boolean isFolded(ClassExplanation explained) {
    return !subject.unit().single()
        && position(explained) > 0
        && explained.scored().probability() < HARDLY_LIKELY;
  }

  private int position(ClassExplanation explained) {
    return subject.explanation().classes().indexOf(explained);
  }

  private Section section(ClassExplanation explained, boolean isDrawn) {
    ClassFigures figures = new ClassFigures(subject, explained);
    FitFacts facts = new FitFacts(subject, fidelity, explained);
    return new Section(
        new SectionHead(
            id(explained.scored()),
            explained.scored().label(),
            explained.scored().index(),
            facts.full(),
            explained.fit().notices()),
        isDrawn ? draw(explained, figures) : null,
        table(figures.weights()),
        isFolded(explained) ? facts.row() : null);
  }

  private Drawn draw(ClassExplanation explained, ClassFigures figures) {
    Shown parts = shown.show(figures.parts());
    Figure both = figures.both();
    // The page has it as outlines, which can be asked.
    int number = shown.number(both);
    Explorer explorer = Explorer.of(subject, figures.weights(), number, both, id);
    shown.hold(explorer.picture());
    HeatPlate heat = position(explained) == 0 ? null : heat(figures);
    FigureSize size = subject.size();
    return new Drawn(
        parts,
        explorer,
        heat,
        heat == null ? seen : null,
        further(explained, figures),
        PaperBox.css(ON_PAPER.tags(size)),
        PaperBox.css(ON_PAPER.least(size.width(), size.height())));
  }

  private List<Further> further(ClassExplanation explained, ClassFigures figures) {
    List<Further> further = new ArrayList<>();
    further.add(new Further(shown.show(figures.boundary()), false, null));
    if (subject.explanation().provenance().options().surrogate() instanceof Shapley) {
      WaterfallFigure waterfall = new WaterfallFigure(subject, explained);
      further.add(chart(waterfall.draw(), waterfall.drawClose(CHART)));
    }
    if (beside != null) {
      BesideFigure map = new BesideFigure(subject, beside);
      int position = position(explained);
      Shown alone = shown.show(map.draw(position), List.of(map.drawAlone(position)));
      further.add(new Further(alone, false, map.key(position)));
    }
    further.add(chart(figures.chart(), figures.closeChart(CHART)));
    return further;
  }

  private Further chart(Figure file, Figure page) {
    return new Further(shown.show(file, List.of(page)), true, null);
  }

  private HeatPlate heat(ClassFigures figures) {
    Figure map = figures.heatMap();
    int number = shown.number(map);
    HeatPlate heat = HeatPlate.of(subject, figures.weights(), number, map, id, ClassFigures.TAGS);
    shown.hold(heat.picture());
    return heat;
  }

  private WeightTable table(ShownWeights weights) {
    int missing = weights.count() - Math.min(weights.count(), IntervalBars.MOST);
    return new WeightTable(
        subject.unit().axis(),
        weights.hasMargins(),
        rows(weights),
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
