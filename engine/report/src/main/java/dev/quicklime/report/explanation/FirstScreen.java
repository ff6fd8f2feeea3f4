package dev.quicklime.report.explanation;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.explanation.ReportModel.Answer;
import dev.quicklime.report.explanation.ReportModel.First;
import dev.quicklime.report.explanation.ReportModel.Picture;
import dev.quicklime.report.explanation.ReportModel.Score;
import dev.quicklime.report.explanation.ReportModel.Strong;
import dev.quicklime.report.figure.ClassFigures;
import dev.quicklime.report.figure.PictureFigures;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.page.HeatPlate;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PaperBox;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.PowerOfTen;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees before scrolling: the picture beside the heat map of the first class, the
 * strongest superpixels, and how far to trust them.
 *
 * @param input the report
 * @param subject what is explained
 * @param figures gives figures their numbers
 * @param id what ids of shared parts of the page begin with
 */
record FirstScreen(ReportInput input, Subject subject, PageFigures figures, String id) {

  /** Of the heat map, as {@code report.css} prints it. */
  private static final PaperBox ON_PAPER = new PaperBox(143, 147);

  First build() {
    Explanation explanation = subject.explanation();
    ClassExplanation explained = explanation.classes().getFirst();
    Picture picture = picture();
    ClassFigures drawn = new ClassFigures(subject, explained);
    Figure map = drawn.heatMap();
    HeatPlate heat =
        HeatPlate.of(subject, drawn.weights(), figures.number(map), map, id, ClassFigures.TAGS);
    figures.hold(picture.picture());
    figures.hold(heat.picture());
    return new First(
        picture,
        heat,
        PaperBox.css(ON_PAPER.least(heat.width(), heat.height())),
        answer(explained, drawn.weights()),
        scores(),
        subject.unit().single() ? "output" : "raw score",
        !subject.unit().single(),
        made());
  }

  private Picture picture() {
    Figure original = new PictureFigures(subject).original();
    Image picture = subject.explanation().picture();
    return new Picture(
        figures.number(original),
        original,
        subject.size().width(),
        subject.size().height(),
        id + "-colour",
        "%s, %s × %s pixels%s.%s"
            .formatted(
                subject.name(),
                picture.width(),
                picture.height(),
                channels(picture),
                subject.geometry()));
  }

  /** Said of pictures that are not in three colours; nothing of others. */
  static String channels(Image picture) {
    return switch (picture.channels()) {
      case 1 -> ", gray";
      case 3 -> "";
      default -> ", " + picture.channels() + " channels";
    };
  }

  private Answer answer(ClassExplanation explained, ShownWeights weights) {
    FitFacts facts = new FitFacts(subject, input.fidelity(), explained);
    List<Integer> strongest = weights.strongest(ClassFigures.TAGS);
    List<LinearFit> beside = subject.explanation().leastSquares();
    LinearFit sure = weights.hasMargins() ? explained.fit() : first(beside);
    PowerOfTen scale = PowerOfTen.upTo(weights.largest());
    List<Strong> rows = new ArrayList<>();
    for (int superpixel : strongest) {
      double weight = weights.weight(superpixel);
      rows.add(
          new Strong(
              superpixel,
              weight > 0 ? "for" : "against",
              scale.signed(weight),
              Numbers.fixed(100 * Math.abs(weight) / weights.largest(), 1),
              sure == null ? "" : interval(sure, superpixel, scale)));
    }
    String words = facts.words();
    return new Answer(
        explained.scored().label(),
        words == null ? "says nothing: the scores do not vary" : words,
        facts.r2(),
        facts.because(),
        strongest.size() == weights.count()
            ? "All weights that are shown"
            : "The %s strongest of %s".formatted(strongest.size(), weights.count()),
        subject.unit().axis() + scale.head(),
        sure == null ? "" : intervals(weights) + scale.head(),
        note(weights, sure),
        rows);
  }

  private static @Nullable LinearFit first(List<LinearFit> fits) {
    return fits.isEmpty() ? null : fits.getFirst();
  }

  private static String intervals(ShownWeights weights) {
    return weights.hasMargins() ? "95 % interval" : "95 % interval, least squares";
  }

  private static String interval(LinearFit fit, int superpixel, PowerOfTen scale) {
    Double margin = fit.margin(superpixel);
    if (margin == null) {
      return "";
    }
    double weight = fit.coefficients().get(superpixel);
    return "%s to %s".formatted(scale.fixed(weight - margin), scale.fixed(weight + margin));
  }

  private static String note(ShownWeights weights, @Nullable LinearFit sure) {
    if (sure == null) {
      return "There are no intervals: " + weights.reason() + ".";
    }
    return weights.hasMargins()
        ? ""
        : "Intervals are those of least squares on the same samples: the weights have none of"
            + " their own, as %s.".formatted(weights.reason());
  }

  private List<Score> scores() {
    Explanation explanation = subject.explanation();
    List<Integer> explained =
        explanation.classes().stream().map(each -> each.scored().index()).toList();
    List<Integer> best = explanation.scores().stream().map(ScoredClass::index).toList();
    return Stream.concat(
            explanation.scores().stream(),
            explanation.classes().stream()
                .map(ClassExplanation::scored)
                .filter(scored -> !best.contains(scored.index())))
        .map(
            scored ->
                new Score(
                    scored.label(),
                    explained.contains(scored.index()) ? ClassSections.id(scored) : null,
                    subject.digits().score(scored.score()),
                    subject.digits().probability(scored),
                    Numbers.fixed(Math.clamp(100 * scored.probability(), 0, 100), 1)))
        .toList();
  }

  private List<String> made() {
    Explanation explanation = subject.explanation();
    return List.of(
        explanation.provenance().model().precision(),
        Numbers.counted(explanation.samples().rows() - 1, "sample"),
        Numbers.counted(explanation.segments().count(), "superpixel"));
  }
}
