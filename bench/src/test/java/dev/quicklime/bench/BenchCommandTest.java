package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

  @TempDir Path folder;

  private Ran run(Path out) {
    // Another run on this machine would otherwise end this one.
    System.setProperty("jmh.ignoreLock", "true");
    return Ran.command(
        ("bench ^dev.quicklime.bench.guard.IdleBenchmark --quiet --forks 1 --warmups 0"
                + " --iterations 3 --time 10ms --out "
                + out)
            .split(" ", -1));
  }

  @Test
  void shouldWriteAllFilesAndNothingElse() throws IOException {
    Path out = folder.resolve("deep/out");
    Ran ran = run(out);
    assertEquals(0, ran.code(), ran::toString);
    assertEquals("", ran.err());
    assertTrue(ran.out().contains("IdleBenchmark.idle"), ran.out());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          Set.of("results.json", "results.md", "chart.png", "report.html"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    assertTrue(Files.readString(out.resolve("results.md")).contains("| IdleBenchmark.idle |"));
    assertEquals(1920, ImageIO.read(out.resolve("chart.png").toFile()).getWidth());
    String page = Files.readString(out.resolve("report.html"));
    assertEquals(2, page.split("data:image/png;base64,", -1).length - 1);
    assertFalse(page.contains("http"), "the page fetches something");
  }

  @Test
  void shouldCompareARunWithItself() {
    assertEquals(0, run(folder).code());
    String json = folder.resolve("results.json").toString();
    Ran ran = Ran.command("bench", "--compare", json, json);
    assertEquals(0, ran.code(), ran::toString);
    assertTrue(ran.out().endsWith("1 same\n"), ran.out());
  }

  @Test
  void shouldListWhatThereIs() {
    Ran ran = Ran.command("bench", "--list", "Forward");
    assertEquals(0, ran.code());
    assertEquals(
        List.of(
            "dev.quicklime.model.ForwardBenchmark.forward",
            "  batch = 1, 16, 64",
            "  network = BUNDLED, RESNET50",
            "  precision = FP32, BF16"),
        ran.out().lines().toList());
  }

  @Test
  void shouldExplainEveryOption() {
    Ran ran = Ran.command("bench", "--help");
    assertEquals(0, ran.code());
    String options = "--guard --compare --list --param --forks --warmups --iterations --time --out";
    for (String option : (options + " --budgets --rounds --round-time --quiet").split(" ", -1)) {
      assertTrue(ran.out().contains("  " + option), option + " is not in " + ran.out());
    }
    assertTrue(ran.out().lines().allMatch(line -> line.length() <= 80), ran.out());
  }

  @ParameterizedTest
  @CsvSource({
    "--guard --list, exclusive",
    "--rounds 3, need --guard",
    "--guard --rounds 0, rounds must be between 1 and 1000",
    "--guard --out x, are for full runs",
    "--guard --budgets none.toml, none.toml: there is no such file",
    "--compare none.json none.json, none.json: there is no such file",
    "--compare none.json, --compare",
    "--nonsense, --nonsense",
    "NoSuchBenchmark, no benchmark has such a name",
    "(, regular expression",
    "Idle --time 1h, --time must be a whole number",
    "Idle --time 0s, --time must be a whole number",
    "Idle --forks 0, --forks must be between 1 and 1000",
    "Idle --param batch=1, no chosen benchmark has a parameter batch",
    "Forward --param batch=2, 'batch must be of [1, 16, 64], got [2]'",
    "Idle --out /dev/null/x, --out must be a folder",
  })
  void shouldAnswerAMistakeInOneLine(String args, String said) {
    Ran ran = Ran.command(("bench " + args).split(" ", -1));
    assertEquals(2, ran.code(), ran::toString);
    assertEquals("", ran.out());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertTrue(ran.err().contains(said), ran.err());
  }

  @Test
  void shouldKeepAnEarlierRunUntilThereIsANewOne() throws IOException {
    Files.writeString(folder.resolve("results.json"), "earlier");
    assertEquals(2, Ran.command("bench", "NoSuchBenchmark", "--out", folder.toString()).code());
    assertArrayEquals(
        "earlier".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Files.readAllBytes(folder.resolve("results.json")));
  }
}
