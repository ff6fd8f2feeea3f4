package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.report.explanation.ReportInput;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainRunTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final List<String> notices = new ArrayList<>();
  private final AtomicInteger scored = new AtomicInteger();
  private boolean fidelity;
  private FigureChoice figures = FigureChoice.ALL;

  private static void page(ReportInput input, Path folder) throws IOException {
    Files.writeString(folder.resolve("report.html"), input.name());
  }

  private List<Exception> run(
      PixelScorer scorer, ExplainRun.Reports reports, boolean export, Path... pictures)
      throws IOException {
    List<Exception> failures = new ArrayList<>();
    MeansRun.run(
        MeansRun.plan(
            List.of(pictures),
            folder.resolve("out"),
            ExplainOptions.defaults().withSamples(30).withSegmenter(new Tiles(2, 3)),
            figures,
            fidelity,
            export,
            false),
        scorer,
        reports,
        new PrintWriter(out),
        notices::add,
        failures);
    return failures;
  }

  private List<String> files() throws IOException {
    Path root = folder.resolve("out");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldWriteWhatTheContractNames() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 40, 30);
    assertEquals(List.of(), run(MeansRun::means, ExplainRunTest::page, true, picture));
    assertEquals(List.of("cat/explanation.json", "cat/report.html", "cat/run.npz"), files());
    JsonNode json = new JsonMapper().readTree(folder.resolve("out/cat/explanation.json").toFile());
    assertEquals(picture.toString(), json.get("image").textValue());
    assertEquals(40, json.get("width").intValue());
    assertEquals(30, json.get("samples").intValue());
    assertTrue(json.get("timings").get("read").doubleValue() > 0);
  }

  @Test
  void shouldPrintScoresAndFitsInPlainAscii() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 40, 30);
    run(MeansRun::means, ExplainRunTest::page, false, picture);
    String text = out.toString();
    assertTrue(text.chars().allMatch(c -> c < 128), text);
    assertTrue(text.contains("40 x 30 pixels, 6 superpixels, 30 samples"), text);
    assertTrue(text.contains("class 2"), text);
    assertTrue(text.contains("forward"), text);
    assertTrue(text.strip().endsWith("report.html"), text);
    assertTrue(notices.stream().anyMatch(n -> n.contains("effective samples")), "" + notices);
    // A run without export leaves no matrices.
    assertEquals(List.of("cat/explanation.json", "cat/report.html"), files());
  }

  @Test
  void shouldMeasureFidelityWhereItIsAskedFor() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 40, 30);
    run(MeansRun::means, ExplainRunTest::page, false, picture);
    String without = out.toString();
    assertFalse(without.contains("fidelity"), without);
    Path file = folder.resolve("out/cat/explanation.json");
    assertFalse(Files.readString(file).contains("fidelity"));
    fidelity = true;
    run(MeansRun::means, ExplainRunTest::page, false, picture);
    String text = out.toString().substring(without.length());
    assertTrue(text.chars().allMatch(c -> c < 128), text);
    // 200 to judge by, four times 31, and 2 * 7 for each of three classes.
    assertTrue(text.contains("fidelity, of 366 further images"), text);
    List<String> lines = text.lines().filter(line -> line.startsWith("  class 2 ")).toList();
    assertEquals(2, lines.size(), text);
    // A Lasso has no intervals to compare.
    assertTrue(
        lines.getLast().matches("( +\\S+){2} +[\\d.]+( +[-\\d.e]+){4} +[\\d.]+ +- .*"), text);
    JsonNode json = new JsonMapper().readTree(file.toFile());
    assertEquals(366, json.get("fidelity").get("forwards").intValue());
    for (JsonNode explained : json.get("classes")) {
      assertEquals(7, explained.get("fidelity").get("deletionCurve").size());
    }
  }

  @Test
  void shouldSayWhatWasFoundBeforeFiguresAreDrawn() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 40, 30);
    List<String> early = new ArrayList<>();
    run(
        MeansRun::means,
        (input, staged) -> {
          early.add(out.toString());
          assertTrue(Files.exists(staged.resolve("explanation.json")));
          assertTrue(Files.exists(staged.resolve("run.npz")));
          assertFalse(Files.exists(folder.resolve("out/cat")));
          page(input, staged);
        },
        true,
        picture);
    assertTrue(early.getFirst().contains("40 x 30 pixels"), early.getFirst());
    assertFalse(early.getFirst().contains("report.html"), early.getFirst());
    String report = folder.resolve("out/cat/report.html").toString();
    // A path means that all of it is in its place.
    assertEquals(
        List.of("  " + report),
        out.toString().substring(early.getFirst().length()).lines().toList());
  }

  @Test
  void shouldDrawAsMuchAsIsAskedFor() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 40, 30);
    List<Integer> drawn = new ArrayList<>();
    ExplainRun.Reports reports =
        (input, staged) -> {
          drawn.add(input.drawn());
          page(input, staged);
        };
    figures = FigureChoice.FIRST;
    run(MeansRun::means, reports, false, picture);
    assertEquals(List.of("cat/explanation.json", "cat/report.html"), files());
    figures = FigureChoice.NONE;
    run(MeansRun::means, reports, true, picture);
    // Nor is there the page of an earlier run, which says something else.
    assertEquals(List.of("cat/explanation.json", "cat/run.npz"), files());
    assertTrue(out.toString().strip().endsWith("explanation.json"), out.toString());
    figures = FigureChoice.ALL;
    run(MeansRun::means, reports, false, picture);
    assertEquals(List.of(1, Integer.MAX_VALUE), drawn);
  }

  @Test
  void shouldGoOnAfterAPictureThatFails() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.png"), "text");
    Path a = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path sub = Files.createDirectories(folder.resolve("sub"));
    Path b = TestPictures.write(sub.resolve("a.png"), 20, 20);
    List<Exception> failures = run(MeansRun::means, ExplainRunTest::page, false, bad, a, b);
    assertEquals(1, failures.size());
    assertTrue(String.valueOf(failures.getFirst().getMessage()).startsWith(bad + ": "));
    assertTrue(failures.getFirst() instanceof InvalidInputException);
    assertEquals(
        List.of("a-2/explanation.json", "a-2/report.html", "a/explanation.json", "a/report.html"),
        files());
  }

  @Test
  void shouldTellABugFromABadPicture() throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 20, 20);
    List<Exception> failures =
        run(
            MeansRun::means,
            (input, folder) -> {
              page(input, folder);
              throw new ArithmeticException("a bug");
            },
            false,
            picture);
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().getCause() instanceof ArithmeticException);
    assertFalse(failures.getFirst() instanceof InvalidInputException);
    assertEquals(List.of(), files());
  }

  @Test
  void shouldLeaveNothingOfAReportThatCannotBeWritten() throws IOException {
    Path a = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path b = TestPictures.write(folder.resolve("b.png"), 20, 20);
    assertThrows(
        IOException.class,
        () ->
            run(
                MeansRun::means,
                (input, folder) -> {
                  page(input, folder);
                  if (input.name().startsWith("b")) {
                    throw new IOException("no space left");
                  }
                },
                false,
                a,
                b));
    assertEquals(List.of("a/explanation.json", "a/report.html"), files());
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void shouldStopWhereTheModelFails() throws IOException {
    Path a = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path b = TestPictures.write(folder.resolve("b.png"), 20, 20);
    assertThrows(
        QuicklimeException.class,
        () -> run(_ -> new double[] {Double.NaN, 1}, ExplainRunTest::page, false, a, b));
    assertEquals(List.of(), files());
  }

  private void awaitReport(String name) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(folder.resolve("out").resolve(name)) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldStopWhenInterruptedAndKeepWhatIsFinished() throws IOException {
    Path a = TestPictures.write(folder.resolve("a.png"), 20, 20);
    Path b = TestPictures.write(folder.resolve("b.png"), 20, 20);
    assertThrows(
        CancellationException.class,
        () ->
            run(
                pixels -> {
                  // 30 samples, and the original twice.
                  if (scored.incrementAndGet() > 32) {
                    awaitReport("a");
                    Thread.currentThread().interrupt();
                  }
                  return MeansRun.means(pixels);
                },
                ExplainRunTest::page,
                false,
                a,
                b));
    assertEquals(List.of("a/explanation.json", "a/report.html"), files());
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertEquals(1, left.count());
    }
  }
}
