package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.report.explanation.ReportInput;
import dev.quicklime.report.explanation.ReportWriter;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several pictures in one run, against runs of one picture each. */
@Timeout(120)
class OverlappingPicturesTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final List<String> notices = new ArrayList<>();
  private final List<Exception> failures = new ArrayList<>();
  private boolean quiet;

  private void run(PixelScorer scorer, ExplainRun.Reports reports, Path into, List<Path> pictures)
      throws IOException {
    MeansRun.run(
        MeansRun.plan(
            pictures,
            into,
            ExplainOptions.defaults()
                .withSamples(30)
                .withSegmenter(new Tiles(2, 3))
                .withClasses(new ClassChoice.Top(1)),
            FigureChoice.ALL,
            true,
            true,
            quiet),
        scorer,
        reports,
        new PrintWriter(out),
        notices::add,
        failures);
  }

  private List<Path> pictures(int count) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(
          TestPictures.write(folder.resolve((char) ('a' + i) + ".png"), 24 + 5 * i, 60 - 4 * i));
    }
    return pictures;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  private static List<Path> folders(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(root::relativize).sorted().toList();
    }
  }

  /** What a file holds, without times. */
  private static byte[] timeless(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (file.endsWith("explanation.json")) {
      JsonMapper mapper = new JsonMapper();
      ObjectNode json = (ObjectNode) mapper.readTree(content);
      json.remove("timings");
      ((ObjectNode) json.get("fidelity")).remove("milliseconds");
      return mapper.writeValueAsBytes(json);
    }
    return content;
  }

  /** A report without times, which no two runs have in common. */
  private static void timeless(ReportInput input, Path report) throws IOException {
    Explanation found = input.explanation();
    ReportWriter.write(
        new ReportInput(
            input.name(),
            input.picture(),
            new Explanation(
                found.picture(),
                found.placement(),
                found.perturbation(),
                found.target(),
                found.outputs(),
                found.scores(),
                found.classes(),
                found.samples(),
                found.stopping(),
                new Timings(Map.of(), 0),
                found.provenance(),
                found.notices()),
            null,
            null,
            input.show()),
        report);
  }

  /** What was printed, without times and what a run says once. */
  private List<String> lines() {
    return out.toString()
        .lines()
        .filter(line -> !line.startsWith("  time: "))
        .filter(line -> !line.startsWith("model: ") && !line.startsWith("input: "))
        .map(line -> line.replaceAll(" in [\\d.]+ m?s", "").replaceAll("\\b(one|all)/", ""))
        .toList();
  }

  @Test
  void shouldWriteAndSayWhatRunsOfOnePictureEachDo() throws IOException {
    List<Path> pictures = pictures(3);
    for (Path picture : pictures) {
      run(
          MeansRun::means,
          OverlappingPicturesTest::timeless,
          folder.resolve("one"),
          List.of(picture));
    }
    List<String> expected = lines();
    List<String> noticed = List.copyOf(notices);
    out.getBuffer().setLength(0);
    notices.clear();
    run(MeansRun::means, OverlappingPicturesTest::timeless, folder.resolve("all"), pictures);
    assertEquals(expected, lines());
    assertEquals(noticed, notices);
    assertEquals(List.of(), failures);
    List<Path> files = files(folder.resolve("one"));
    assertTrue(files.size() > 3 * 6, files::toString);
    assertEquals(files, files(folder.resolve("all")));
    for (Path file : files) {
      assertArrayEquals(
          timeless(folder.resolve("one").resolve(file)),
          timeless(folder.resolve("all").resolve(file)),
          file::toString);
    }
  }

  @Test
  void shouldPassABrokenPictureInTheMiddleOver() throws IOException {
    List<Path> pictures = new ArrayList<>(pictures(4));
    Path half = TestPictures.writeHalf(folder.resolve("half.png"));
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    pictures.add(2, half);
    pictures.add(3, text);
    quiet = true;
    Path into = folder.resolve("out");
    run(
        MeansRun::means,
        (input, report) -> {
          Files.writeString(report.resolve("report.html"), input.name());
          if (input.name().equals("b.png")) {
            // Found later than what is wrong with the two pictures after it.
            sleep();
            throw new ArithmeticException("a bug");
          }
        },
        into,
        pictures);
    assertEquals(
        Stream.of("a", "c", "d")
            .map(name -> into.resolve(name).resolve("report.html") + "")
            .toList(),
        out.toString().lines().toList());
    assertEquals(
        List.of(pictures.get(1) + " could not be explained", half.toString(), text.toString()),
        failures.stream()
            .map(failure -> String.valueOf(failure.getMessage()).replaceAll("png: .*", "png"))
            .toList());
    assertEquals(List.of(Path.of("a"), Path.of("c"), Path.of("d")), folders(into));
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldEndAtAReportThatCannotBeWrittenAndSayNothingOfWhatCameAfter() throws IOException {
    List<Path> pictures = new ArrayList<>(pictures(4));
    pictures.add(2, Files.writeString(folder.resolve("text.png"), "no picture"));
    quiet = true;
    Path into = folder.resolve("out");
    IOException full = new IOException("No space left on device");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                run(
                    MeansRun::means,
                    (input, report) -> {
                      Files.writeString(report.resolve("report.html"), input.name());
                      if (input.name().equals("b.png")) {
                        sleep();
                        throw full;
                      }
                    },
                    into,
                    pictures));
    assertEquals(full, thrown);
    assertEquals(List.of(), failures);
    assertEquals(into.resolve("a/report.html") + "", out.toString().strip());
    assertEquals(List.of(Path.of("a")), folders(into));
  }

  @Test
  void shouldFinishTheReportUnderWayWhenInterruptedAndLeaveNothingElse() throws IOException {
    List<Path> pictures = pictures(4);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger pixels = new AtomicInteger();
    Path into = folder.resolve("out");
    quiet = true;
    int each = scoresOfOne(pictures.getFirst());
    out.getBuffer().setLength(0);
    assertThrows(
        CancellationException.class,
        () ->
            run(
                picture -> {
                  if (pixels.incrementAndGet() == each + 10) {
                    Thread.currentThread().interrupt();
                    interrupted.countDown();
                  }
                  return MeansRun.means(picture);
                },
                (input, report) -> {
                  Files.writeString(report.resolve("report.html"), input.name());
                  try {
                    assertTrue(interrupted.await(30, TimeUnit.SECONDS));
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                },
                into,
                pictures));
    assertEquals(into.resolve("a/report.html") + "", out.toString().strip());
    assertEquals(List.of(Path.of("a")), folders(into));
    assertEquals(List.of(), failures);
  }

  @Test
  void shouldFinishTheReportUnderWayWhereTheModelFails() throws IOException {
    List<Path> pictures = pictures(3);
    AtomicInteger pixels = new AtomicInteger();
    Path into = folder.resolve("out");
    quiet = true;
    int each = scoresOfOne(pictures.getFirst());
    out.getBuffer().setLength(0);
    assertThrows(
        QuicklimeException.class,
        () ->
            run(
                picture ->
                    pixels.incrementAndGet() > each
                        ? new double[] {Double.NaN, 0, 1}
                        : MeansRun.means(picture),
                (input, report) -> {
                  sleep();
                  Files.writeString(report.resolve("report.html"), input.name());
                },
                into,
                pictures));
    assertEquals(into.resolve("a/report.html") + "", out.toString().strip());
    assertEquals(List.of(Path.of("a")), folders(into));
  }

  private int scoresOfOne(Path picture) throws IOException {
    AtomicInteger pixels = new AtomicInteger();
    run(
        given -> {
          pixels.incrementAndGet();
          return MeansRun.means(given);
        },
        (input, report) -> Files.writeString(report.resolve("report.html"), input.name()),
        folder.resolve("counted"),
        List.of(picture));
    return pixels.get();
  }
}
