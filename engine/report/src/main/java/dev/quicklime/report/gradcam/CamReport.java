package dev.quicklime.report.gradcam;

import dev.quicklime.Versions;
import dev.quicklime.cam.AlphaNormalization;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.CamStatistics;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureFiles;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.figure.CamOverlay;
import dev.quicklime.report.page.Definitions;
import dev.quicklime.report.page.Keyed;
import dev.quicklime.report.page.Making;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.page.PageRenderer;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.report.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a report of Grad-CAM is made of.
 *
 * @param name what it calls the picture
 * @param model name of the model's file
 * @param picture what is mapped
 * @param input what the model expects of it
 * @param result the maps
 * @param position which picture of the result
 * @param options how they were computed
 * @param labels names of the classes
 * @param opacity share of a map's colour, 0 to 1
 * @param milliseconds times by what took them, and {@code total}
 * @param provenance what it was made with
 */
public record CamReport(
    String name,
    String model,
    Image picture,
    Preprocessing input,
    CamResult result,
    int position,
    CamOptions options,
    Labels labels,
    double opacity,
    SequencedMap<String, Double> milliseconds,
    SequencedMap<String, String> provenance) {

  /**
   * What the provenance calls the number format of the forward pass, by which scores are written.
   */
  public static final String PRECISION = "Precision";

  /** What ids of shared parts of the page begin with. */
  private static final String ID = "picture";

  /** Everything the page says, as text. */
  record Page(
      PageHead head,
      Definitions definitions,
      Shown original,
      List<Section> sections,
      Making making) {}

  /** All about one class. */
  record Section(SectionHead head, List<Keyed> pictures) {}

  /**
   * Writes {@code report.html} and its figures.
   *
   * @param folder that is there
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public void write(Path folder) throws IOException {
    write(folder, EnumSet.of(FigureFormat.PNG));
  }

  /**
   * The same with figures in some formats; the page is the same whatever they are.
   *
   * @param folder that is there
   * @param formats of each figure's files
   * @throws IOException if a file cannot be written
   * @throws dev.quicklime.QuicklimeException if the machine has no fonts to write with
   */
  public void write(Path folder, Set<FigureFormat> formats) throws IOException {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(formats, "formats");
    PageFigures figures = new PageFigures(formats);
    String page = PageRenderer.render("gradcam.mustache", "", page(figures));
    FigureFiles.write(figures.all(), folder, formats);
    Files.writeString(folder.resolve("report.html"), page);
  }

  private Page page(PageFigures figures) {
    CamOverlay overlay = overlay();
    figures.share(overlay.prints(), ID);
    CamOverlay heat = overlay.withOpacity(1);
    Shown first =
        figures.show(
            overlay.original(
                new CamOverlay.Text(
                    "original",
                    "The picture",
                    "%s, %s × %s pixels.".formatted(name, picture.width(), picture.height()),
                    "The picture " + name + ".")));
    List<Section> sections = new ArrayList<>();
    for (CamMap map : maps()) {
      sections.add(section(map, keyed(figures, map, overlay, heat)));
    }
    return new Page(
        new PageHead(name, model, verdict(), facts(), result.notices(), reading()),
        new Definitions(figures.shared(), List.of()),
        first,
        sections,
        Making.of(milliseconds, provenance, Versions.quicklime()));
  }

  private List<CamMap> maps() {
    return result.pictures().get(position);
  }

  private CamOverlay overlay() {
    return CamOverlay.of(
        picture,
        input.placement(picture.width(), picture.height()),
        input.width(),
        input.height(),
        opacity);
  }

  private List<Keyed> keyed(PageFigures figures, CamMap map, CamOverlay overlay, CamOverlay heat) {
    String label = labels.name(map.index());
    String size = "%s × %s".formatted(map.width(), map.height());
    String cropped = overlay.cropped() ? " Gray parts were cropped away before the model." : "";
    String caption =
        map.largest() > 0
            ? "Orange is where the layer's maps raise the class; a map of %s places, interpolated.%s"
                .formatted(size, cropped)
            : "No place raises the class." + cropped;
    CamStatistics statistics = CamStatistics.of(map);
    String alt =
        "Grad-CAM of %s: largest value %s in row %s and column %s of a map of %s places."
            .formatted(
                label,
                Numbers.significant(statistics.max(), 3),
                statistics.row() + 1,
                statistics.column() + 1,
                size);
    String prefix = "class-" + map.index();
    return List.of(
        keyed(
            figures,
            overlay,
            new CamOverlay.Text(prefix + "-gradcam", "Where “" + label + "” is seen", caption, alt),
            map),
        keyed(
            figures,
            heat,
            new CamOverlay.Text(
                prefix + "-heatmap", "The map of “" + label + "” alone", caption, alt),
            map));
  }

  private Keyed keyed(PageFigures figures, CamOverlay overlay, CamOverlay.Text text, CamMap map) {
    double limit = CamOverlay.limit(map.largest());
    Figure alone = overlay.figure(text, map, 0, limit);
    return new Keyed(
        figures.show(overlay.figure(text, map, 0, limit, axis()), List.of(alone)),
        CamOverlay.key(limit, axis()));
  }

  private String axis() {
    if (options.normalization() == AlphaNormalization.SUM_TO_ONE) {
      return "weighted activation";
    }
    return "activation × gradient (" + (probability() ? "probability" : "raw score") + ")";
  }

  private boolean probability() {
    return options.target() == Target.PROBABILITY && result.classes() > 1;
  }

  private Section section(CamMap map, List<Keyed> shown) {
    CamStatistics statistics = CamStatistics.of(map);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("raw score", digits().score(map.score())));
    if (result.classes() > 1) {
      facts.add(new Fact("probability", digits().probability(scored(map))));
    }
    facts.add(new Fact("largest value", Numbers.significant(statistics.max(), 3)));
    facts.add(new Fact("mean value", Numbers.significant(statistics.mean(), 3)));
    facts.add(
        new Fact(
            "peak", "row %s, column %s".formatted(statistics.row() + 1, statistics.column() + 1)));
    return new Section(
        new SectionHead(
            "class-" + map.index(), labels.name(map.index()), map.index(), facts, map.notices()),
        shown);
  }

  private ScoreDigits digits() {
    return new ScoreDigits(provenance.getOrDefault(PRECISION, "fp32"));
  }

  private ScoredClass scored(CamMap map) {
    return new ScoredClass(map.index(), labels.name(map.index()), map.score(), map.probability());
  }

  private String verdict() {
    CamMap best = maps().getFirst();
    return options.classes() instanceof ClassChoice.Top && result.classes() > 1
        ? "The model's first choice is “%s”, with a probability of %s."
            .formatted(labels.name(best.index()), digits().spoken(scored(best)))
        : "“%s” has a raw score of %s."
            .formatted(labels.name(best.index()), digits().score(best.score()));
  }

  private List<Fact> facts() {
    CamLayer layer = result.layer();
    return List.of(
        new Fact("Picture", picture.width() + " × " + picture.height()),
        new Fact("Model", model),
        new Fact("Model input", input.width() + " × " + input.height()),
        new Fact(
            "Layer",
            layer.called() + " (" + layer.operation() + (layer.automatic() ? "), found" : ")")),
        new Fact(
            "Its maps",
            "%s of %s × %s"
                .formatted(Numbers.count(layer.channels()), layer.width(), layer.height())),
        new Fact("Target", probability() ? "probability" : "raw score"),
        new Fact(
            "Weights",
            options.normalization() == AlphaNormalization.MEAN
                ? "mean gradients"
                : "gradients, adding up to 1"),
        new Fact("Time", Words.duration(milliseconds.getOrDefault("total", 0.0))));
  }

  private static List<String> reading() {
    return List.of(
        "The layer's maps A say where in the picture something was found that the model has learnt"
            + " to look for. The weight α of a map is the gradient of the class with respect to"
            + " that map, averaged over its places: how much the class gains where the map grows.",
        "The heat map is the sum of the maps, each times its α. What is below 0 is cut off: those"
            + " places speak for other classes.",
        "It is as fine as the layer's maps are and no finer; edges in the figures are"
            + " interpolated. It is a first-order answer: it says what would change the score most"
            + " around this picture, not what happens when a part is taken away.");
  }
}
