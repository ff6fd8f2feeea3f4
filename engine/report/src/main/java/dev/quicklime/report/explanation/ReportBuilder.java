package dev.quicklime.report.explanation;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.Versions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.explanation.ReportModel.FidelityView;
import dev.quicklime.report.explanation.ReportModel.SampleRow;
import dev.quicklime.report.explanation.ReportModel.Section;
import dev.quicklime.report.explanation.ReportModel.Timing;
import dev.quicklime.report.figure.ContactSheet;
import dev.quicklime.report.figure.PictureFigures;
import dev.quicklime.report.figure.SampleFigures;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.page.ProvenanceFacts;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws all figures of a report in the order in which they are numbered, and writes what is said
 * around them.
 */
final class ReportBuilder {

  /** What ids of shared parts of the page begin with. */
  private static final String ID = "picture";

  private static final int SAMPLES = 8;
  private static final int SAMPLES_BESIDE = 4;

  /** Of samples on the page, of which paper shows four in 145 mm. */
  private static final double SAMPLE_LETTERING = 1.25;

  /** Width of charts on the page, of which paper shows three side by side. */
  private static final int CHART = 250;

  private final ReportInput input;
  private final Subject subject;
  private final Explanation explanation;
  private final PageFigures figures;

  /** Figures are drawn as whoever numbers them says. */
  ReportBuilder(ReportInput input, PageFigures figures) {
    this.input = input;
    this.figures = figures;
    this.subject = Subject.of(input.name(), input.explanation(), input.show());
    this.explanation = input.explanation();
    figures.share(subject.prints(), ID);
  }

  /** The figures drawn so far. */
  List<Figure> figures() {
    return figures.all();
  }

  ReportModel build() {
    ReportModel.First first = new FirstScreen(input, subject, figures, ID).build();
    Fidelity fidelity = input.fidelity();
    SideBySide beside = input.beside();
    List<Section> sections =
        new ClassSections(
                subject, fidelity, beside, figures, ID, input.drawn(), first.heat().number())
            .build();
    FidelityView trust =
        fidelity == null ? null : new FidelitySection(subject, fidelity).build(figures::show);
    PictureFigures shared = new PictureFigures(subject);
    ContactSheet sheet = ContactSheet.of(explanation, subject.unit(), SAMPLES, SAMPLES_BESIDE);
    List<Shown> overview = List.of(figures.show(shared.input()), figures.show(shared.boundaries()));
    Shown samples =
        figures.show(shared.samples(sheet), sheet.withLettering(SAMPLE_LETTERING).tiles());
    List<Shown> distributions = distributions();
    return new ReportModel(
        new PageHead(
            input.name(),
            explanation.provenance().model().name(),
            verdict(),
            facts(),
            explanation.notices(),
            reading()),
        new Definitions(figures.shared(), Definitions.outlines(subject, ID)),
        first,
        sections,
        new ReportModel.Samples(overview, samples, distributions, rows(sheet)),
        trust,
        beside == null ? null : new BesideSection(subject, beside).build(),
        new ReportModel.Times(timings(), Words.duration(explanation.timings().total())),
        ProvenanceFacts.of(input.picture().toString(), explanation),
        Versions.quicklime());
  }

  private static List<SampleRow> rows(ContactSheet sheet) {
    return sheet.rows().stream()
        .map(
            row ->
                new SampleRow(
                    sheet.name(row),
                    sheet.parts(row),
                    sheet.similarity(row),
                    sheet.value(row),
                    sheet.vector(row)))
        .toList();
  }

  /** Nothing where there is nothing but the original. */
  private List<Shown> distributions() {
    if (explanation.samples().rows() < 2) {
      return List.of();
    }
    SampleFigures files = new SampleFigures(subject);
    SampleFigures page = new SampleFigures(subject, CHART);
    return List.of(
        figures.show(files.scores(), List.of(page.scores())),
        figures.show(files.losses(), List.of(page.losses())),
        figures.show(files.similarities(), List.of(page.similarities())));
  }

  private String verdict() {
    ScoredClass best = explanation.scores().getFirst();
    return subject.unit().single()
        ? "The model's output is %s.".formatted(subject.digits().score(best.score()))
        : "The model's first choice is “%s”, with a probability of %s."
            .formatted(best.label(), subject.digits().spoken(best));
  }

  private List<Fact> facts() {
    Image picture = explanation.picture();
    Provenance provenance = explanation.provenance();
    Long parameters = provenance.model().parameters();
    int drawn = explanation.samples().rows() - 1;
    return List.of(
        new Fact(
            "Picture", picture.width() + " × " + picture.height() + FirstScreen.channels(picture)),
        new Fact("Model", provenance.model().name()),
        new Fact("Parameters", parameters == null ? "not known" : Numbers.count(parameters)),
        new Fact(
            "Model input",
            explanation.segments().width() + " × " + explanation.segments().height()),
        new Fact("Superpixels", Numbers.count(explanation.segments().count())),
        new Fact("Samples", Numbers.count(drawn) + " and the original"),
        new Fact("Target", subject.unit().noun()),
        new Fact("Time", Words.duration(explanation.timings().total())));
  }

  private List<String> reading() {
    ExplainOptions options = explanation.provenance().options();
    return List.of(
        ("A weight says what showing a superpixel, rather than having it replaced by %s, adds to"
                + " the %s of a class. It is a coefficient of a linear model fitted to the samples,"
                + " so it is an average over many neighbours of this picture.")
            .formatted(Words.fill(options.fill()), subject.unit().noun()),
        "A negative weight means that the class fares better without the superpixel: it speaks"
            + " against the class, or for a rival.",
        "R² is the share of the samples' variation that the linear model follows: near 1 the"
            + " weights tell the story, near 0 they are a hint at best. The local prediction is the"
            + " linear model's value for the picture itself; the closer to the true value, the"
            + " better.");
  }

  private List<Timing> timings() {
    Timings timings = explanation.timings();
    List<Timing> rows = new ArrayList<>();
    double rest = timings.total();
    for (Stage stage : Stage.ofPictures()) {
      double time = timings.of(stage);
      rest -= time;
      if (time > 0) {
        rows.add(timing(Words.stage(stage), time, timings.total()));
      }
    }
    if (rest >= 0.05) {
      rows.add(timing("in between", rest, timings.total()));
    }
    return rows;
  }

  private static Timing timing(String name, double time, double total) {
    double share = total > 0 ? Math.clamp(100 * time / total, 0, 100) : 0;
    return new Timing(name, Words.duration(time), Numbers.fixed(share, 1));
  }
}
