package dev.quicklime.report.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Versions;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.paper.PaperTable;
import dev.quicklime.report.profile.ProfileModel.Errors;
import dev.quicklime.report.profile.ProfileModel.Row;
import dev.quicklime.report.profile.ProfileModel.Section;
import dev.quicklime.report.profile.ProfileModel.Stopped;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what a profile found into words and tables. */
final class ProfileModelBuilder {

  private final ProfileSummary summary;
  private final ProfileFindings findings;
  private final List<Figure> figures = new ArrayList<>();
  private final PageFigures pages = new PageFigures();

  ProfileModelBuilder(ProfileSummary summary) {
    this.summary = summary;
    this.findings = new ProfileFindings(summary);
  }

  /**
   * All texts, charts among them.
   *
   * @param settings what the results depend on
   * @param provenance what they were measured with
   */
  ProfileModel build(ObjectNode settings, ObjectNode provenance) {
    List<String> targets = List.copyOf(summary.points().keySet());
    return new ProfileModel(
        provenance.path("model").path("name").asText("a classifier"),
        targets.stream().map(findings::sentence).toList(),
        facts(),
        targets.stream().map(findings::warning).flatMap(Optional::stream).toList(),
        targets.stream().map(this::section).toList(),
        flat("", settings),
        flat("", provenance),
        Versions.quicklime());
  }

  /** The charts of the model that was built, as files. */
  List<Figure> figures() {
    return figures;
  }

  /** Errors of all designs, a table for each target. */
  List<PaperTable> tables() {
    List<PaperTable> tables = new ArrayList<>();
    summary
        .points()
        .forEach(
            (target, curves) -> {
              List<String> heads = new ArrayList<>(List.of("samples"));
              heads.addAll(curves.keySet());
              List<List<String>> rows = new ArrayList<>();
              for (int samples : summary.counts()) {
                Errors errors = errors(samples, curves);
                List<String> row = new ArrayList<>(List.of(Integer.toString(samples)));
                row.addAll(errors.cells());
                rows.add(row);
              }
              tables.add(
                  new PaperTable(
                      target + "-error",
                      "Relative squared error of the coefficients, %s; means of %s."
                          .formatted(target, ProfileWords.basis(summary)),
                      heads,
                      rows));
            });
    return tables;
  }

  private List<Fact> facts() {
    return List.of(
        new Fact("Pictures", Numbers.count(summary.pictures())),
        new Fact("Superpixels", ProfileWords.superpixels(summary).replaceAll(" superpixels?", "")),
        new Fact("Designs", String.join(", ", summary.designs())),
        new Fact(
            "Samples",
            String.join(", ", summary.counts().stream().map(n -> Numbers.count(n)).toList())),
        new Fact("Seeds", Numbers.count(summary.seeds())),
        new Fact(
            "Reference",
            "a fit to "
                + Numbers.count(summary.reference())
                + " samples of other seeds, known to an error of "
                + String.join(
                    " and ", summary.points().keySet().stream().map(this::uncertainty).toList())));
  }

  private String uncertainty(String target) {
    double largest =
        summary.designs().stream()
            .mapToDouble(design -> summary.uncertainty(target, design))
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    return Numbers.significant(largest, 2) + " on " + ProfileFindings.plural(target);
  }

  private Section section(String target) {
    List<Shown> shown = new ArrayList<>();
    for (TargetCharts.Both chart : new TargetCharts(summary, target).draw()) {
      figures.add(chart.file());
      String markup = pages.markup(chart.shown());
      shown.add(new Shown(figures.size(), chart.shown(), () -> markup));
    }
    Map<String, List<Point>> curves = summary.points().getOrDefault(target, Map.of());
    List<Row> rows = new ArrayList<>();
    curves.forEach((design, points) -> points.forEach(point -> rows.add(row(design, point))));
    return new Section(
        target,
        target,
        shown,
        List.copyOf(curves.keySet()),
        summary.counts().stream().map(samples -> errors(samples, curves)).toList(),
        rows,
        ProfileWords.bound(summary),
        stops(target));
  }

  private List<Stopped> stops(String target) {
    List<Stopped> stops = new ArrayList<>();
    summary
        .stops(target)
        .forEach(
            (design, stop) ->
                stops.add(
                    new Stopped(
                        design,
                        Numbers.count(Math.round(stop.samples().mean())),
                        Numbers.count(Math.round(stop.samples().low()))
                            + " to "
                            + Numbers.count(Math.round(stop.samples().high())),
                        ProfileWords.figure(Metric.ERROR, stop.error().mean()),
                        coverage(stop.coverage(), stop.each()),
                        stop.unmet() + " of " + stop.runs())));
    return stops;
  }

  private static Errors errors(int samples, Map<String, List<Point>> curves) {
    return new Errors(
        Numbers.count(samples),
        curves.values().stream()
            .map(
                points ->
                    points.stream()
                        .filter(point -> point.samples() == samples)
                        .map(point -> ProfileWords.figure(Metric.ERROR, point.error().mean()))
                        .findFirst()
                        .orElse("–"))
            .toList());
  }

  private static Row row(String design, Point point) {
    String low = ProfileWords.figure(Metric.ERROR, point.error().low());
    String high = ProfileWords.figure(Metric.ERROR, point.error().high());
    return new Row(
        design,
        Numbers.count(point.samples()),
        mean(Metric.ERROR, point),
        point.error().isEmpty() ? "–" : low + " to " + high,
        mean(Metric.HELD_OUT_R2, point),
        mean(Metric.LIKENESS, point),
        coverage(point.coverage(), point.each()),
        mean(Metric.DELETION, point),
        mean(Metric.INSERTION, point),
        Words.duration(1000 * point.seconds()));
  }

  /** The mean, and in brackets the superpixels that are held least and most often. */
  private static String coverage(Band mean, EachCoverage each) {
    String figure = ProfileWords.figure(Metric.COVERAGE, mean.mean());
    return each.isEmpty()
        ? figure
        : "%s (%s to %s)"
            .formatted(
                figure,
                ProfileWords.figure(Metric.COVERAGE, each.least()),
                ProfileWords.figure(Metric.COVERAGE, each.most()));
  }

  private static String mean(Metric metric, Point point) {
    return ProfileWords.figure(metric, metric.of(point).mean());
  }

  private static List<Fact> flat(String prefix, JsonNode node) {
    List<Fact> facts = new ArrayList<>();
    node.properties()
        .forEach(
            field -> {
              String name = prefix.isEmpty() ? field.getKey() : prefix + " " + field.getKey();
              if (field.getValue().isObject()) {
                facts.addAll(flat(name, field.getValue()));
              } else if (!field.getValue().isNull() && !field.getValue().asText().isEmpty()) {
                facts.add(new Fact(ProfileWords.spaced(name), field.getValue().asText()));
              }
            });
    return facts;
  }
}
