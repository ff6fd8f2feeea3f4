package dev.quicklime.report.explanation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Target;
import dev.quicklime.report.Explained;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.page.PageFigures;
import dev.quicklime.segment.Tiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDrawingTest {

  private static final Explanation EXPLANATION =
      Explained.of(
          3,
          pixels -> new double[] {pixels[5] + pixels[2000], pixels[700] - pixels[5], pixels[900]},
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(4, 4))
              .withTarget(Target.LOGIT)
              .withSamples(60));

  @TempDir Path folder;

  private static ReportInput input(int drawn) {
    return new ReportInput("a.png", Path.of("a.png"), EXPLANATION, null, null, Show.BOTH, drawn);
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void assertAlike(Map<String, byte[]> wanted, Map<String, byte[]> got) {
    assertEquals(wanted.keySet(), got.keySet());
    wanted.forEach((name, bytes) -> assertArrayEquals(bytes, got.get(name), name));
  }

  private Map<String, byte[]> written(String name, ForkJoinPool threads) throws IOException {
    Path into = folder.resolve(name);
    ReportWriter.write(
        new ReportBuilder(input(Integer.MAX_VALUE), new PageFigures(threads)),
        into,
        EnumSet.of(FigureFormat.PNG));
    return files(into);
  }

  @Test
  void shouldWriteTheSameBytesWhoeverDraws() throws IOException {
    try (ForkJoinPool one = new ForkJoinPool(1);
        ForkJoinPool many = new ForkJoinPool(8)) {
      Map<String, byte[]> alone = written("one", one);
      assertTrue(alone.containsKey("report.html"), "" + alone.keySet());
      assertTrue(alone.size() > 20, "" + alone.keySet());
      assertAlike(alone, written("many", many));
      assertAlike(alone, written("common", ForkJoinPool.commonPool()));
    }
  }

  @Test
  void shouldWriteTheSameBytesOfReportsAtOnce() throws IOException {
    ReportWriter.write(input(Integer.MAX_VALUE), folder.resolve("alone"));
    List<Path> folders =
        IntStream.range(0, 6).mapToObj(i -> folder.resolve("at-once-" + i)).toList();
    folders.parallelStream()
        .forEach(
            into -> {
              try {
                ReportWriter.write(input(Integer.MAX_VALUE), into);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    for (Path into : folders) {
      assertAlike(files(folder.resolve("alone")), files(into));
    }
  }

  @Test
  void shouldGiveNumbersOfClassesThatAreNotDrawn() throws IOException {
    ReportWriter.write(input(1), folder);
    String first = "class-" + EXPLANATION.classes().getFirst().scored().index();
    String second = "class-" + EXPLANATION.classes().get(1).scored().index();
    List<String> names = List.copyOf(files(folder).keySet());
    assertTrue(names.contains(first + "-both.png"), "" + names);
    assertTrue(names.contains("boundaries.png"), "" + names);
    assertFalse(names.stream().anyMatch(name -> name.startsWith(second)), "" + names);
    String page = Files.readString(folder.resolve("report.html"));
    String section = page.substring(page.indexOf("<h2 id=\"" + second));
    section = section.substring(0, section.indexOf("</section>"));
    assertTrue(section.contains("<table class=\"weights\">"), section);
    assertFalse(section.contains("<figure"), section);
    // Those that are there are numbered without a gap.
    assertEquals(page.split("<figcaption><b>Figure ", -1).length - 1, names.size() - 1);
  }

  @Test
  void shouldRefuseAReportOfNoClass() {
    assertEquals(
        "classes with figures must be at least 1, got 0",
        assertThrows(InvalidInputException.class, () -> input(0)).getMessage());
  }
}
