package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Versions;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.page.Definitions.Outline;
import dev.quicklime.report.page.PageRenderer;
import dev.quicklime.report.page.ProvenanceFacts;
import dev.quicklime.report.paper.Citation;
import dev.quicklime.report.study.StudyModel.PictureView;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.report.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A study in the making: takes one picture after the other, draws and writes its figures, and in
 * the end writes the page. For one thread.
 */
public final class Study {

  private final Path folder;
  private final String preset;
  private final Show show;
  private final StudyFigures figures;
  private final Tables tables = new Tables();
  private final List<StudiedPicture> studied = new ArrayList<>();
  private final List<PictureView> views = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private final List<Outline> outlines = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  /**
   * Begins a study without pictures.
   *
   * @param folder where it is written, which is there
   * @param preset name of the defaults
   * @param show which weights are shown
   * @throws IOException if the folder of figures cannot be made
   */
  public Study(Path folder, String preset, Show show) throws IOException {
    this.folder = folder;
    this.preset = preset;
    this.show = show;
    this.figures = new StudyFigures(Files.createDirectories(folder.resolve("figures")));
  }

  /** What a reader should know about the whole. */
  public void notice(String notice) {
    notices.add(notice);
  }

  /** The pictures so far. */
  public List<StudiedPicture> pictures() {
    return List.copyOf(studied);
  }

  /**
   * Takes a picture and writes its figures.
   *
   * @throws java.io.UncheckedIOException if a figure cannot be written
   */
  public void add(StudiedPicture picture) {
    Explanation explanation = picture.explanation();
    String id = "picture-" + (studied.size() + 1);
    PictureSection section = new PictureSection(picture, show, figures, id);
    Subject subject = section.subject();
    Group itself = section.picture();
    Group samples = section.samples();
    Group distributions = section.distributions();
    List<Group> classes = explanation.classes().stream().map(section::explanation).toList();
    views.add(
        new PictureView(
            id,
            picture.name(),
            scores(explanation, subject.unit()),
            Prose.ofPicture(picture),
            itself,
            samples,
            classes,
            distributions,
            section.trust(),
            tables.trust(picture, subject),
            notices(explanation)));
    outlines.addAll(Definitions.outlines(subject, id));
    units.add(subject.unit());
    studied.add(picture);
  }

  private static List<Fact> scores(Explanation explanation, Unit unit) {
    ScoreDigits digits = ScoreDigits.ofWhole(explanation.provenance().model());
    return explanation.scores().stream()
        .map(
            scored ->
                new Fact(
                    scored.label(),
                    digits.score(scored.score())
                        + (unit.single() ? "" : " (" + digits.probability(scored) + ")")))
        .toList();
  }

  private static List<String> notices(Explanation explanation) {
    List<String> all = new ArrayList<>(explanation.notices());
    for (ClassExplanation explained : explanation.classes()) {
      explained
          .fit()
          .notices()
          .forEach(notice -> all.add(explained.scored().label() + ": " + notice));
    }
    return all;
  }

  /**
   * Writes the page, and {@code study.json} for programs.
   *
   * @return its file
   * @throws IOException if it cannot be written
   * @throws IllegalStateException if there is no picture
   */
  public Path write() throws IOException {
    if (studied.isEmpty()) {
      throw new IllegalStateException("a study must have at least one picture");
    }
    StudyJson.write(preset, studied, folder.resolve("study.json"));
    Path page = folder.resolve("report.html");
    StudyModel model = model();
    Files.writeString(page, PageRenderer.render("study.mustache", "study.css", model));
    writeForPapers(model);
    return page;
  }

  private void writeForPapers(StudyModel model) throws IOException {
    Path papers = Files.createDirectories(folder.resolve("tables"));
    for (PictureView view : model.pictures()) {
      view.table()
          .forPapers(
              String.format(
                  Locale.ROOT,
                  "table-%02d-%s",
                  view.table().number(),
                  StudyFigures.fileName(view.name())))
          .write(papers);
    }
    model
        .summary()
        .forPapers(String.format(Locale.ROOT, "table-%02d-summary", model.summary().number()))
        .write(papers);
    Citation.write(papers);
  }

  private StudyModel model() {
    Explanation first = studied.getFirst().explanation();
    ClassifierInfo model = first.provenance().model();
    return new StudyModel(
        "What %s saw in %s".formatted(model.name(), Numbers.counted(studied.size(), "picture")),
        Prose.ofStudy(studied),
        model(first),
        Method.of(first),
        notices,
        views,
        tables.summary(studied, units, show),
        settings(first),
        new Definitions(figures.shared(), outlines),
        Versions.quicklime());
  }

  private static List<Fact> model(Explanation explanation) {
    ClassifierInfo model = explanation.provenance().model();
    Long parameters = model.parameters();
    return List.of(
        new Fact("Model", model.name()),
        new Fact("Parameters", parameters == null ? "not known" : Numbers.count(parameters)),
        new Fact(
            "Input",
            "%s × %s pixels"
                .formatted(explanation.segments().width(), explanation.segments().height())),
        new Fact(
            "Runtime", model.runtime() + ", " + Words.precision(model) + ", " + model.device()));
  }

  private List<Fact> settings(Explanation first) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Preset", preset));
    facts.addAll(ProvenanceFacts.shared(first));
    return facts;
  }
}
