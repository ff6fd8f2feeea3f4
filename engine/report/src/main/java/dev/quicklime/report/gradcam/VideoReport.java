package dev.quicklime.report.gradcam;

import dev.quicklime.Versions;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.image.Image;
import dev.quicklime.report.chart.TimeChart;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureFiles;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.page.Making;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.PageHead;
import dev.quicklime.report.page.PageRenderer;
import dev.quicklime.report.page.SectionHead;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The report of a video: for each class a strip of frames under its map, the video that plays, and
 * the class's probability over time. Frames are handed in one after the other; a few are kept.
 */
public final class VideoReport {

  private static final int STRIP = 8;
  private static final int ROW = 4;
  private static final int GAP = 16;

  /** Height of a line of text, in letters. */
  private static final float LINE = 1.6f;

  /** Letters that a frame on a page is wide: of four side by side on paper they are 8 pt. */
  private static final float FRAME_LETTERS = 13;

  private final String name;
  private final String model;
  private final int frames;
  private final String pace;
  private final List<Double> times;
  private final CamLayer layer;
  private final List<String> labels;
  private final List<Integer> classes;
  private final List<TreeMap<Integer, Image>> kept = new ArrayList<>();
  private final List<List<Double>> probabilities = new ArrayList<>();
  private final List<List<Double>> scores = new ArrayList<>();

  /** Everything the page says, as text. */
  record Page(PageHead head, Shown curve, List<Section> sections, Making making) {}

  /** All about one class. */
  record Section(SectionHead head, Shown strip, String video) {}

  /**
   * Begins the report of a video, whose figures are added later.
   *
   * @param name of the video
   * @param model name of the model's file
   * @param frames how many there are
   * @param pace frames per second, in words
   * @param times when each frame is shown, in seconds; none where that is not known
   * @param layer what the maps were made of
   * @param labels names of the classes
   * @param classes that were mapped, as many
   */
  public VideoReport(
      String name,
      String model,
      int frames,
      String pace,
      List<Double> times,
      CamLayer layer,
      List<String> labels,
      List<Integer> classes) {
    this.name = name;
    this.model = model;
    this.frames = frames;
    this.pace = pace;
    this.times = List.copyOf(times);
    this.layer = layer;
    this.labels = List.copyOf(labels);
    this.classes = List.copyOf(classes);
    for (int c = 0; c < classes.size(); c++) {
      kept.add(new TreeMap<>());
      probabilities.add(new ArrayList<>());
      scores.add(new ArrayList<>());
    }
  }

  /**
   * Takes the scores of the next frame.
   *
   * @param maps of the classes
   */
  public void score(List<CamMap> maps) {
    for (int c = 0; c < maps.size(); c++) {
      probabilities.get(c).add(maps.get(c).probability());
      scores.get(c).add(maps.get(c).score());
    }
  }

  /** Takes a frame under the map of a class. */
  public void frame(int position, int frame, Image drawn) {
    int wanted = Math.min(STRIP, frames);
    for (int i = 0; i < wanted; i++) {
      // Evenly spaced, the first and the last among them.
      if (frame == (wanted == 1 ? 0 : (int) Math.round((frames - 1.0) * i / (wanted - 1)))) {
        kept.get(position).put(frame, drawn);
      }
    }
  }

  /**
   * Writes {@code report.html} and its figures.
   *
   * @param folder that is there
   * @param notices what a reader should know
   * @param times in milliseconds, {@code total} among them
   * @param provenance what it was made with
   * @param formats of each figure's files
   * @throws IOException if a file cannot be written
   */
  public void write(
      Path folder,
      List<String> notices,
      SequencedMap<String, Double> times,
      SequencedMap<String, String> provenance,
      Set<FigureFormat> formats)
      throws IOException {
    PageFigures figures = new PageFigures(formats);
    Shown curve =
        figures.show(
            curve(TimeChart.draw(probabilities, labels, this.times)),
            List.of(curve(TimeChart.drawForPage(probabilities, labels, this.times))));
    List<Section> sections = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      sections.add(section(c, figures.show(strip(c), frames(c))));
    }
    Page page =
        new Page(
            new PageHead(name, model, verdict(), facts(times), notices, reading()),
            curve,
            sections,
            Making.of(times, provenance, Versions.quicklime()));
    String written = PageRenderer.render("video.mustache", "", page);
    FigureFiles.write(figures.all(), folder, formats);
    Files.writeString(folder.resolve("report.html"), written);
  }

  private double mean(int position) {
    return probabilities.get(position).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(0);
  }

  private String verdict() {
    return "“%s” has a probability of %s on average over %s."
        .formatted(
            labels.getFirst(), Numbers.probability(mean(0)), Numbers.counted(frames, "frame"));
  }

  private List<Fact> facts(SequencedMap<String, Double> times) {
    return List.of(
        new Fact("Frames", Numbers.count(frames)),
        new Fact("Frames per second", pace),
        new Fact("Model", model),
        new Fact("Layer", layer.called() + " (" + layer.operation() + ")"),
        new Fact(
            "Its maps",
            "%s of %s%s × %s"
                .formatted(
                    Numbers.count(layer.channels()),
                    layer.frames() > 1 ? layer.frames() + " × " : "",
                    layer.width(),
                    layer.height())),
        new Fact("Time", Words.duration(times.getOrDefault("total", 0.0))));
  }

  private static List<String> reading() {
    return List.of(
        "Orange is where the layer's maps raise the class in a frame. All frames of a class share"
            + " one scale, so that a pale frame is one in which the class finds little.",
        "The curve is what the model makes of each frame, or of the clip that it belongs to; the"
            + " maps say where, not whether.");
  }

  private Section section(int position, Shown strip) {
    int best = 0;
    List<Double> own = probabilities.get(position);
    for (int frame = 0; frame < own.size(); frame++) {
      best = own.get(frame) > own.get(best) ? frame : best;
    }
    return new Section(
        new SectionHead(
            "class-" + classes.get(position),
            labels.get(position),
            classes.get(position),
            List.of(
                new Fact("mean probability", Numbers.probability(mean(position))),
                new Fact("highest", Numbers.probability(own.get(best)) + " at " + when(best)),
                new Fact(
                    "mean raw score",
                    Numbers.significant(
                        scores.get(position).stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(0),
                        4))),
            List.of()),
        strip,
        "class-" + classes.get(position) + "-gradcam.mp4");
  }

  private String when(int frame) {
    return times.isEmpty()
        ? "frame " + (frame + 1)
        : String.format(Locale.ROOT, "%.2f s", times.get(frame));
  }

  /** Each frame of a strip by itself, for pages that have room for fewer side by side. */
  private List<Figure> frames(int position) {
    return kept.get(position).keySet().stream().map(frame -> frame(position, frame)).toList();
  }

  private Figure frame(int position, int frame) {
    Image image = image(position, frame);
    Typeface type = new Typeface(image.width() / FRAME_LETTERS);
    Plate plate = Plate.blank(image.width(), image.height() + Math.round(type.size() * LINE));
    put(plate, type, position, frame, 0, 0);
    return plate.figure(
        "class-%s-frame-%s".formatted(classes.get(position), frame + 1),
        when(frame),
        "",
        "The frame under the Grad-CAM of %s at %s: probability %s."
            .formatted(labels.get(position), when(frame), probability(position, frame)));
  }

  private Image image(int position, int frame) {
    return Objects.requireNonNull(kept.get(position).get(frame), "frame");
  }

  private String probability(int position, int frame) {
    return Numbers.probability(probabilities.get(position).get(frame));
  }

  /** Puts a frame with its time and probability somewhere. */
  private void put(Plate plate, Typeface type, int position, int frame, int x, int y) {
    Image image = image(position, frame);
    double baseline = y + image.height() + type.size() * 1.1;
    plate.put(Pixels.draw(image, new FigureSize(image.width(), image.height())).image(), x, y);
    plate.draw(
        g -> {
          g.setColor(Typeface.INK);
          g.setFont(type.small());
          Typeface.left(g, when(frame), x, baseline);
          Typeface.right(g, probability(position, frame), x + (double) image.width(), baseline);
        });
  }

  private Figure strip(int position) {
    TreeMap<Integer, Image> shown = kept.get(position);
    Image first = shown.firstEntry().getValue();
    int columns = Math.min(ROW, shown.size());
    int rows = (shown.size() + columns - 1) / columns;
    Typeface type = Typeface.forWidth(columns * first.width());
    int line = Math.round(type.size() * LINE);
    int width = columns * first.width() + (columns - 1) * GAP;
    Plate plate = Plate.blank(width, rows * (first.height() + line) + (rows - 1) * GAP);
    int at = 0;
    for (int frame : shown.keySet()) {
      int x = at % columns * (first.width() + GAP);
      int y = at / columns * (first.height() + line + GAP);
      put(plate, type, position, frame, x, y);
      at++;
    }
    String label = labels.get(position);
    return plate.figure(
        "class-" + classes.get(position) + "-strip",
        "“" + label + "” over time",
        "%s, evenly spaced, each with its time and the probability of the class there."
            .formatted(Numbers.counted(shown.size(), "frame")),
        "Strip of frames under the Grad-CAM of %s: probability %s."
            .formatted(
                label,
                String.join(
                    ", ",
                    shown.keySet().stream()
                        .map(frame -> probability(position, frame) + " at " + when(frame))
                        .toList())));
  }

  private Figure curve(Plate plate) {
    List<String> means = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      means.add(labels.get(c) + " " + Numbers.probability(mean(c)));
    }
    return plate.figure(
        "probabilities",
        "Probability over time",
        "Softmax of each class's score, frame by frame or clip by clip.",
        "Line chart of probabilities over time; means: " + String.join("; ", means) + ".");
  }
}
