package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.image.Image;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.figure.BesideFigure;
import dev.quicklime.report.figure.ClassFigures;
import dev.quicklime.report.figure.ContactSheet;
import dev.quicklime.report.figure.FidelityFigure;
import dev.quicklime.report.figure.PictureFigures;
import dev.quicklime.report.figure.ProfileFigure;
import dev.quicklime.report.figure.SampleFigures;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.page.Explorer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the figures of one picture of a study and groups them. */
final class PictureSection {

  private static final double SMALLEST = 420;
  private static final double LARGEST = 500;

  /** Three figures are side by side. */
  static final double LETTERING = 1.5;

  /** Samples in a row, in letters that a page's width shows in 8 pt. */
  private static final int SAMPLES = 5;

  private static final double SAMPLE_LETTERING = 1.27;

  private static final int BARS = 8;
  private static final int FEW_BARS = 6;

  /** With more classes than that there is less room for each. */
  private static final int MANY = 3;

  /** Width of curves in the place of two charts. */
  private static final int WIDE = 490;

  private final StudiedPicture studied;
  private final Subject subject;
  private final StudyFigures figures;
  private final String id;

  PictureSection(StudiedPicture studied, Show show, StudyFigures figures, String id) {
    Image picture = studied.explanation().picture();
    this.studied = studied;
    this.figures = figures;
    this.id = id;
    this.subject =
        Subject.of(
            studied.name(),
            studied.explanation(),
            show,
            FigureSize.of(picture.width(), picture.height(), SMALLEST, LARGEST)
                .withLettering(LETTERING));
    figures.begin(studied.name(), subject.prints(), id);
  }

  Subject subject() {
    return subject;
  }

  /** The picture, what the model gets of it, and its superpixels. */
  Group picture() {
    PictureFigures shared = new PictureFigures(subject);
    return figures.group(
        "The picture, what the model gets of it, and its superpixels",
        List.of(
            new StudyPanel(shared.original(), shared.picture(), null, StudyPanel.Shape.PICTURE),
            StudyPanel.picture(shared.input()),
            StudyPanel.picture(shared.boundaries())));
  }

  /** Some samples. */
  Group samples() {
    ContactSheet sheet =
        ContactSheet.of(studied.explanation(), subject.unit(), SAMPLES, SAMPLES)
            .withLettering(SAMPLE_LETTERING);
    Figure samples = new PictureFigures(subject).samples(sheet);
    return figures.group(samples.title(), List.of(StudyPanel.chart(samples, samples)));
  }

  /** The explanation of a class. */
  Group explanation(ClassExplanation explained) {
    ClassFigures drawn = new ClassFigures(subject, explained);
    int position = studied.explanation().classes().indexOf(explained);
    PaperSize size = PaperSize.of(studied.explanation().classes().size(), MANY);
    Figure both = drawn.both();
    List<StudyPanel> panels = new ArrayList<>();
    panels.add(StudyPanel.picture(drawn.parts()));
    panels.add(StudyPanel.picture(both));
    panels.add(
        new StudyPanel(
            drawn.heatMap(), drawn.heatMapAlone(), drawn.heatKey(), StudyPanel.Shape.PICTURE));
    panels.add(StudyPanel.picture(drawn.boundary()));
    if (studied.beside() != null) {
      BesideFigure map = new BesideFigure(subject, studied.beside());
      panels.add(
          new StudyPanel(
              map.draw(position),
              map.drawAlone(position),
              map.key(position),
              StudyPanel.Shape.PICTURE));
    }
    int bars = size == PaperSize.ROW ? FEW_BARS : BARS;
    panels.add(
        StudyPanel.chart(drawn.chart(), drawn.chart(bars, size.chartWidth(), size.chartHeight())));
    return figures.explained(
        explained.scored().label(),
        panels,
        size,
        both,
        number -> Explorer.of(subject, drawn.weights(), number, both, id));
  }

  /** How the numbers of the samples are distributed, or null where there are none. */
  @Nullable Group distributions() {
    if (studied.explanation().samples().rows() < 2) {
      return null;
    }
    SampleFigures files = new SampleFigures(subject);
    SampleFigures shown = new SampleFigures(subject, PaperSize.ROWS.chartWidth());
    return figures.group(
        "Scores, losses and similarities of the samples",
        List.of(
            StudyPanel.chart(files.scores(), shown.scores()),
            StudyPanel.chart(files.losses(), shown.losses()),
            StudyPanel.chart(files.similarities(), shown.similarities())));
  }

  /** How far the weights can be trusted, or null where that was not measured. */
  @Nullable Group trust() {
    List<StudyPanel> panels = new ArrayList<>();
    if (studied.fidelity() != null) {
      FidelityFigure curves = new FidelityFigure(subject, studied.fidelity());
      panels.add(new StudyPanel(curves.draw(), curves.draw(WIDE), null, StudyPanel.Shape.WIDE));
    }
    ProfileFigure errors = new ProfileFigure(subject, studied.profile());
    Figure file = errors.draw();
    Figure shown = errors.draw(PaperSize.ROWS.chartWidth());
    if (file != null && shown != null) {
      panels.add(StudyPanel.chart(file, shown));
    }
    return panels.isEmpty() ? null : figures.group("How far the weights can be trusted", panels);
  }
}
