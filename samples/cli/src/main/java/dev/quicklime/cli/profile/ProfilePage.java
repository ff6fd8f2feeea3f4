package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import dev.quicklime.Environment;
import dev.quicklime.Versions;
import dev.quicklime.cli.profile.ProfileChart.Mark;
import dev.quicklime.cli.profile.ProfileSummary.Point;
import dev.quicklime.cli.report.ReportWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes what a profile found: a page with its charts, the charts as files, and JSON. */
public final class ProfilePage {

  private static final double COVERED = 0.95;

  private final ProfileSummary summary;
  private final ObjectNode settings;

  /** A page of a summary, with the settings that it was measured by. */
  public ProfilePage(ProfileSummary summary, ObjectNode settings) {
    this.summary = summary;
    this.settings = settings;
  }

  /**
   * What the template sees of a chart.
   *
   * @param file its name in the folder
   */
  record Figure(
      int number, String file, String data, int width, int height, String caption, String alt) {}

  /** A row of a table. */
  record Row(String design, List<String> cells) {}

  /** A table of one figure. */
  record Table(String caption, List<String> counts, List<Row> rows) {}

  /** What the template sees of a target. */
  record Section(String target, String sentence, List<Figure> figures, List<Table> tables) {}

  /** A setting. */
  record Setting(String name, String value) {}

  /** What the template sees. */
  record Page(
      String css,
      String subtitle,
      List<String> sentences,
      List<String> warnings,
      List<Section> sections,
      List<Setting> settings) {}

  /** Writes page, charts and JSON into a folder. */
  public void write(Path folder) throws IOException {
    List<Section> sections = new ArrayList<>();
    int number = 1;
    for (String target : summary.points().keySet()) {
      List<Figure> figures = new ArrayList<>();
      for (Map.Entry<String, ProfileChart> chart : charts(target).entrySet()) {
        if (!chart.getValue().empty()) {
          figures.add(figure(number++, target, chart.getKey(), chart.getValue(), folder));
        }
      }
      sections.add(new Section(target, summary.sentence(target), figures, tables(target)));
    }
    List<Setting> named = new ArrayList<>();
    settings
        .properties()
        .forEach(entry -> named.add(new Setting(entry.getKey(), entry.getValue().asText())));
    named.add(new Setting("cpu", Environment.cpu()));
    new TreeMap<>(Versions.all())
        .forEach((name, version) -> named.add(new Setting("version of " + name, version)));
    Page page =
        new Page(
            ReportWriter.css(),
            "%d pictures, %d seeds, %s superpixels"
                .formatted(summary.pictures(), summary.seeds(), summary.superpixels()),
            sections.stream().map(Section::sentence).toList(),
            summary.warnings(),
            sections,
            named);
    Files.writeString(
        folder.resolve("profile.html"),
        Mustache.compiler().compile(template()).execute(page),
        StandardCharsets.UTF_8);
    writeJson(folder.resolve("profile.json"));
  }

  private Map<String, ProfileChart> charts(String target) {
    Map<String, ProfileChart> charts = new LinkedHashMap<>();
    String n = "samples";
    charts.put(
        "error",
        new ProfileChart(
                "Error of the weights, " + target,
                n,
                "relative squared error",
                lines(target, ProfileChart::errors))
            .logarithmic()
            .level(summary.wanted(target)));
    charts.put(
        "error-seconds",
        new ProfileChart(
                "Error against time, " + target,
                "seconds",
                "relative squared error",
                lines(
                    target,
                    points ->
                        points.stream()
                            .map(p -> new Mark(p.seconds(), p.error(), p.low(), p.high()))
                            .toList()))
            .logarithmic()
            .level(summary.wanted(target)));
    charts.put(
        "held-out",
        new ProfileChart(
            "R² on samples that no fit has seen, " + target,
            n,
            "weighted R²",
            line(target, p -> p.heldOutR2() < -1 ? Double.NaN : p.heldOutR2())));
    charts.put(
        "top",
        new ProfileChart(
            "Likeness of the strongest superpixels of two seeds, " + target,
            n,
            "Jaccard index",
            line(target, Point::jaccard)));
    charts.put(
        "coverage",
        new ProfileChart(
                "Share of the 95 % intervals that hold the converged weight, " + target,
                n,
                "share",
                line(target, Point::coverage))
            .level(OptionalDouble.of(COVERED)));
    charts.put(
        "deletion",
        new ProfileChart(
            "Deletion, " + target, n, "area under the probability", line(target, Point::deletion)));
    charts.put(
        "insertion",
        new ProfileChart(
            "Insertion, " + target,
            n,
            "area under the probability",
            line(target, Point::insertion)));
    return charts;
  }

  private Map<String, List<Mark>> lines(String target, Function<List<Point>, List<Mark>> marks) {
    Map<String, List<Mark>> lines = new LinkedHashMap<>();
    summary
        .points()
        .getOrDefault(target, Map.of())
        .forEach((design, points) -> lines.put(design, marks.apply(points)));
    return lines;
  }

  private Map<String, List<Mark>> line(String target, Function<Point, Double> height) {
    return lines(
        target, points -> points.stream().map(p -> Mark.of(p.samples(), height.apply(p))).toList());
  }

  private Figure figure(int number, String target, String name, ProfileChart chart, Path folder)
      throws IOException {
    String file = target + "-" + name + ".png";
    byte[] png = chart.png();
    Files.write(folder.resolve(file), png);
    return new Figure(
        number,
        file,
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png),
        chart.width(),
        chart.height(),
        caption(name, target),
        alt(name, target));
  }

  private String caption(String name, String target) {
    String band =
        "The line is the mean over pictures, classes and seeds, the band holds the middle 68 % of"
            + " the seeds. Errors above "
            + Math.round(ProfileChart.LARGEST_ERROR)
            + " are not drawn.";
    return switch (name) {
      case "error" ->
          "Squared error of the coefficients relative to the variance of the converged ones, "
              + target
              + ". "
              + band
              + " The thin line is the error that the sentence is about.";
      case "error-seconds" -> "The same against the time of scoring and fitting. " + band;
      case "held-out" ->
          "Weighted R² of the surrogate on samples drawn for this alone; values under −1 are not"
              + " drawn.";
      case "top" ->
          "How many of the strongest superpixels two seeds have in common, of all that either has;"
              + " 1 is the same explanation every time.";
      case "coverage" ->
          "Share of the coefficients whose 95 % intervals hold the converged value; the thin line"
              + " is 0.95.";
      case "deletion" ->
          "Area under the class's probability as superpixels are filled from the largest"
              + " coefficient on; smaller is better.";
      case "insertion" ->
          "Area under the class's probability as superpixels are shown from the largest"
              + " coefficient on; larger is better.";
      default -> throw new IllegalArgumentException("there is no chart " + name);
    };
  }

  /** The numbers, for those who do not see the chart. */
  private String alt(String name, String target) {
    Function<Point, Double> height =
        switch (name) {
          case "error", "error-seconds" -> Point::error;
          case "held-out" -> Point::heldOutR2;
          case "top" -> Point::jaccard;
          case "coverage" -> Point::coverage;
          case "deletion" -> Point::deletion;
          case "insertion" -> Point::insertion;
          default -> throw new IllegalArgumentException("there is no chart " + name);
        };
    boolean timed = name.equals("error-seconds");
    return summary.points().getOrDefault(target, Map.of()).entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + ": "
                    + entry.getValue().stream()
                        .map(
                            p ->
                                text(height.apply(p))
                                    + (timed
                                        ? " at " + text(p.seconds()) + " s"
                                        : " at " + p.samples()))
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }

  private static String text(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3g", value) : "–";
  }

  private List<Table> tables(String target) {
    return List.of(
        table(target, "Relative squared error of the coefficients", Point::error),
        table(target, "Weighted R² on held-out samples", Point::heldOutR2),
        table(target, "Likeness of the strongest superpixels (Jaccard)", Point::jaccard),
        table(target, "Coverage of the 95 % intervals", Point::coverage),
        table(target, "Deletion, area", Point::deletion),
        table(target, "Insertion, area", Point::insertion),
        table(target, "Seconds", Point::seconds));
  }

  private Table table(String target, String caption, Function<Point, Double> figure) {
    List<String> counts = summary.counts(target).stream().map(String::valueOf).toList();
    List<Row> rows = new ArrayList<>();
    summary
        .points()
        .getOrDefault(target, Map.of())
        .forEach(
            (design, points) ->
                rows.add(
                    new Row(design, points.stream().map(p -> text(figure.apply(p))).toList())));
    return new Table(caption, counts, rows);
  }

  private void writeJson(Path file) throws IOException {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = mapper.createObjectNode();
    root.put("quicklime", Versions.quicklime());
    root.set("settings", settings);
    root.put("cpu", Environment.cpu());
    ObjectNode versions = root.putObject("versions");
    new TreeMap<>(Versions.all()).forEach(versions::put);
    root.put("pictures", summary.pictures());
    root.put("seeds", summary.seeds());
    ArrayNode warnings = root.putArray("warnings");
    summary.warnings().forEach(warnings::add);
    ObjectNode targets = root.putObject("targets");
    summary
        .points()
        .forEach(
            (target, byDesign) -> {
              ObjectNode node = targets.putObject(target);
              node.put("sentence", summary.sentence(target));
              put(node, "uncertainty", summary.uncertainty(target));
              put(node, "askedError", summary.wanted(target).orElse(Double.NaN));
              ObjectNode designs = node.putObject("designs");
              byDesign.forEach(
                  (design, points) -> {
                    ObjectNode one = designs.putObject(design);
                    put(one, "samplesForAskedError", summary.samples(target, design));
                    ArrayNode array = one.putArray("points");
                    points.forEach(point -> putPoint(array.addObject(), point));
                  });
            });
    Files.writeString(file, mapper.writeValueAsString(root) + "\n", StandardCharsets.UTF_8);
  }

  private static void putPoint(ObjectNode node, Point point) {
    node.put("samples", point.samples());
    put(node, "error", point.error());
    put(node, "errorLow", point.low());
    put(node, "errorHigh", point.high());
    put(node, "heldOutR2", point.heldOutR2());
    put(node, "coverage", point.coverage());
    put(node, "jaccard", point.jaccard());
    put(node, "deletion", point.deletion());
    put(node, "insertion", point.insertion());
    put(node, "seconds", point.seconds());
  }

  /** Never NaN: what is undefined is null. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static String template() {
    try (InputStream in = ProfilePage.class.getResourceAsStream("profile.mustache")) {
      return new String(
          Objects.requireNonNull(in, "profile.mustache").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
