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
  private static final double LARGEST = 560;

  /** Three figures are side by side. */
  private static final double LETTERING = 1.5;

  private static final int SAMPLES = 6;
  private static final int BARS = 8;
  private static final int BARS_WIDTH = 380;

  /** With more classes than that there is less room for each. */
  private static final int MANY = 3;

  private static final int FEW_BARS = 6;
  private static final int NARROW = 300;

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

  /** The picture with its scores, and its superpixels. */
  Group picture() {
    PictureFigures shared = new PictureFigures(subject);
    return figures.group(
        "The picture, what the model gets of it, and its superpixels",
        List.of(shared.original(), shared.input(), shared.boundaries()));
  }

  /** Some samples. */
  Group samples() {
    ContactSheet sheet = ContactSheet.of(studied.explanation(), subject.unit(), SAMPLES, SAMPLES);
    return figures.group(new PictureFigures(subject).samples(sheet));
  }

  /** The explanation of a class. */
  Group explanation(ClassExplanation explained) {
    ClassFigures drawn = new ClassFigures(subject, explained);
    List<Figure> panels = new ArrayList<>();
    panels.add(drawn.parts());
    Figure both = drawn.both();
    panels.add(both);
    panels.add(drawn.heatMap());
    panels.add(drawn.boundary());
    if (studied.beside() != null) {
      int position = studied.explanation().classes().indexOf(explained);
      panels.add(new BesideFigure(subject, studied.beside()).draw(position));
    }
    boolean compact = studied.explanation().classes().size() > MANY;
    panels.add(compact ? drawn.chart(FEW_BARS, NARROW) : drawn.chart(BARS, BARS_WIDTH));
    return figures.explained(
        "Explanation of “" + explained.scored().label() + "”",
        panels,
        compact,
        both,
        number -> Explorer.of(subject, drawn.weights(), number, both, id));
  }

  /** How the numbers of the samples are distributed, or null where there are none. */
  @Nullable Group distributions() {
    if (studied.explanation().samples().rows() < 2) {
      return null;
    }
    SampleFigures samples = new SampleFigures(subject);
    return figures.group(
        "Scores, losses and similarities of the samples",
        List.of(samples.scores(), samples.losses(), samples.similarities()));
  }

  /** How far the weights can be trusted, or null where that was not measured. */
  @Nullable Group trust() {
    List<Figure> panels = new ArrayList<>();
    Figure curves = null;
    if (studied.fidelity() != null) {
      curves = new FidelityFigure(subject, studied.fidelity()).draw();
      panels.add(curves);
    }
    Figure profile = new ProfileFigure(subject, studied.profile()).draw();
    if (profile != null) {
      panels.add(profile);
    }
    return panels.isEmpty()
        ? null
        : figures.group("How far the weights can be trusted", panels, curves);
  }
}
