package dev.quicklime.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.model.Target;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.gradcam.CamReport;
import dev.quicklime.report.study.StudiedPicture;
import dev.quicklime.report.study.Study;
import dev.quicklime.report.tabular.Constraint;
import dev.quicklime.report.tabular.TabularResult;
import dev.quicklime.report.tabular.TabularText;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores have as many digits as the model's number format, on whatever page they are. */
class ScoresOfPagesTest {

  @TempDir private Path folder;

  private String page() throws IOException {
    return Files.readString(folder.resolve("report.html")).replaceAll("base64,[^\"]*", "");
  }

  private String study(String precision, String original) throws IOException {
    Explanation explanation =
        Explained.in(
            Explained.of(
                2,
                pixels -> new double[] {44 + pixels[5] - pixels[5], 43.75},
                ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(20)),
            precision,
            original);
    Study study = new Study(folder, "default", Show.BOTH);
    study.add(
        new StudiedPicture("a.png", Path.of("a.png"), "a", explanation, null, null, List.of()));
    study.write();
    return page();
  }

  @Test
  void shouldHaveThemInStudies() throws IOException {
    String brief = study("bf16", "bf16");
    assertTrue(brief.contains("a probability of 0.6 and a raw score of 44.0"), brief);
    assertTrue(brief.contains("44.0 (0.6)"), brief);
    assertTrue(brief.contains("<td>44.0</td>"), brief);
    assertFalse(brief.contains("44.00"), brief);
    String single = study("fp32", "fp32");
    assertTrue(single.contains("a probability of 0.562 and a raw score of 44.00"), single);
    assertTrue(single.contains("44.00 (0.562)"), single);
  }

  @Test
  void shouldSayInStudiesThatScoresHaveMoreBitsThanSamples() throws IOException {
    String page = study("bf16", "fp32");
    assertTrue(page.contains("bf16 (scores of whole pictures in fp32), cpu"), page);
    assertTrue(
        page.contains("Raw scores and probabilities are in fp32, samples and what comes of them"),
        page);
    assertTrue(page.contains("what the samples have for the picture, in bf16"), page);
    String table = Files.readString(folder.resolve("tables/table-01-a.tex"));
    assertTrue(table.contains("in bf16"), table);
    assertFalse(study("fp32", "fp32").contains("what the samples have for the picture"));
  }

  private String gradcam(SequencedMap<String, String> provenance) throws IOException {
    CamLayer layer = new CamLayer("x", null, "relu", 1, 1, 2, 2, false, true);
    CamMap map =
        new CamMap(0, 44, 0.5625, layer, new float[] {1, 2, 3, 4}, new double[] {1}, List.of());
    new CamReport(
            "a.png",
            "m.pt",
            Explained.picture(32, 32),
            Preprocessing.imageNet().withSize(32, 32),
            new CamResult(layer, 2, List.of(List.of(map)), List.of(), new Timings(Map.of(), 0)),
            0,
            CamOptions.defaults(),
            Labels.of(List.of("a", "b")),
            0.5,
            new LinkedHashMap<>(),
            provenance)
        .write(folder);
    return page();
  }

  @Test
  void shouldHaveThemOnPagesOfGradCam() throws IOException {
    String brief = gradcam(new LinkedHashMap<>(Map.of(CamReport.PRECISION, "bf16")));
    assertFalse(brief.contains("<img"), "keys would stay white on a dark page");
    assertTrue(brief.contains("<i>activation × gradient (raw score)</i>"), brief);
    assertTrue(brief.contains("44.0<") && brief.contains("a probability of 0.6."), brief);
    String single = gradcam(new LinkedHashMap<>(Map.of(CamReport.PRECISION, "fp32")));
    assertTrue(single.contains("44.00<") && single.contains("a probability of 0.563."), single);
  }

  /** A model of rows that says in which number format it runs. */
  private record In(String precision, RowModel model) implements RowModel {

    @Override
    public ClassifierInfo info() {
      ClassifierInfo info = model.info();
      return new ClassifierInfo(
          info.name(), info.runtime(), null, "cpu", precision, 1, List.of(), List.of());
    }

    @Override
    public int batchSize() {
      return model.batchSize();
    }

    @Override
    public boolean singlePrecision() {
      return model.singlePrecision();
    }

    @Override
    public double[] score(double[] rows, int columns) {
      return model.score(rows, columns);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private TabularResult row(String precision, Target target) {
    double[][] rows = new double[20][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i % 7, i % 5};
    }
    RowModel model =
        RowModel.of(
            "a function",
            given ->
                Arrays.stream(given)
                    .map(row -> new double[] {44 + (row[0] - 3) / 1000, 43.75})
                    .toArray(double[][]::new));
    TabularExplanation explanation;
    try (TabularExplainer explainer =
        TabularExplainer.of(new In(precision, model), Labels.of(List.of("a", "b")))) {
      explanation =
          explainer.explain(
              Table.of(List.of("x", "y"), rows),
              3,
              TabularOptions.defaults().withTarget(target).withSamples(100),
              Progress.none());
    }
    return new TabularResult(
        "t.csv", 3, explanation, Constraint.all(explanation.samples(), LeastSquares.defaults()));
  }

  private static String text(TabularResult result) {
    StringWriter text = new StringWriter();
    new TabularText(result).print(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void shouldHaveThemOnPagesOfRowsAndInTheTerminal() throws IOException {
    row("bf16", Target.LOGIT).write(folder, false);
    String brief = page();
    assertTrue(brief.contains("44.0<") && brief.contains("a probability of 0.6."), brief);
    assertFalse(brief.contains("44.00"), brief);
    row("fp32", Target.LOGIT).write(folder, false);
    String single = page();
    assertTrue(single.contains("44.00<") && single.contains("a probability of 0.562."), single);
    assertTrue(text(row("bf16", Target.LOGIT)).contains("a: raw score 44.0, surrogate 44.0,"));
    assertTrue(text(row("fp32", Target.LOGIT)).contains("a: raw score 44.00, surrogate 44.00,"));
    assertTrue(
        text(row("bf16", Target.PROBABILITY)).contains("a: probability 0.6, surrogate 0.6,"));
    assertTrue(
        text(row("fp32", Target.PROBABILITY)).contains("a: probability 0.562, surrogate 0.562,"));
  }
}
