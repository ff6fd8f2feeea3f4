package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Models;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptionTest {

  /** 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  private Process start(Path out) throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    return start(out, picture, 2_000_000);
  }

  private Process start(Path out, Path pictures, int samples) throws IOException {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.quicklime.cli.Main",
            "explain",
            pictures.toString(),
            "--model",
            model.toString(),
            "--out",
            out.toString(),
            "--tiles=4x4",
            "--samples=" + samples)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private static List<Path> in(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 800, 1300, 2000})
  void shouldSayNothingWhenItIsToldToEndBeforeItHasBegun(int millis)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out);
    try {
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroy();
      assertEquals(TERMINATED, process.waitFor());
      String said = Files.readString(folder.resolve("said"));
      assertFalse(said.contains("quicklime: "), said);
      assertEquals(List.of(), in(out));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldTakeAHalfWrittenReportAway() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(out);
    try {
      while (in(out).isEmpty() && process.isAlive()) {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
      assertTrue(process.isAlive(), Files.readString(folder.resolve("said")));
      process.destroy();
      assertEquals(TERMINATED, process.waitFor());
      assertEquals(List.of(), in(out));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void shouldKeepWholeReportsAloneWherePicturesOverlap() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path pictures = Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < 40; i++) {
      TestPictures.write(pictures.resolve("p%s.png".formatted(i)), 64, 48);
    }
    Process process = start(out, pictures, 200);
    try {
      while (whole(out).isEmpty() && process.isAlive()) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
      process.destroy();
      assertEquals(TERMINATED, process.waitFor());
      List<Path> left = in(out);
      assertFalse(left.isEmpty());
      assertTrue(left.size() < 40, left::toString);
      assertEquals(left, whole(out));
      for (Path report : left) {
        assertTrue(Files.size(report.resolve("explanation.json")) > 0);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<Path> whole(Path out) throws IOException {
    return in(out).stream()
        .filter(report -> Files.isRegularFile(report.resolve("report.html")))
        .filter(report -> !report.getFileName().toString().startsWith("."))
        .toList();
  }
}
