package dev.quicklime.nd4j;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Main;
import dev.quicklime.files.StoredRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J beside OpenCV and libtorch, each of which brings a BLAS: loaded before them here, after them
 * in a JVM of its own. There `explain` must not have loaded any of ND4J.
 */
class NeighboursTest {

  private static final double CLOSE = 1e-9;
  private static final String PICTURES = "/dev/quicklime/scenes/bundled/";

  @TempDir Path folder;

  /** Explains a bundled picture and fits the run anew; main method of the other JVM. */
  static final class Refit {

    private Refit() {}

    /** Takes the folder to write to. */
    public static void main(String[] args) throws IOException {
      Path out = Path.of(args[0]);
      explain(out);
      AfterExplain.refit(out);
    }

    static void explain(Path out) throws IOException {
      Path picture = out.resolve("heart-on-marble.png");
      try (InputStream in = Main.class.getResourceAsStream(PICTURES + picture.getFileName())) {
        Files.copy(requireNonNull(in), picture);
      }
      int code =
          Main.commandLine()
              .execute(
                  "explain",
                  picture.toString(),
                  "--segments=30",
                  "--samples=150",
                  "--surrogate=lasso",
                  "--alpha=0",
                  "--batch=32",
                  "--precision=fp32",
                  "--export",
                  "--quiet",
                  "--out=" + out);
      assertEquals(0, code);
    }
  }

  /** Marks in the log of loaded classes where the explanation ends. */
  static final class AfterExplain {

    private AfterExplain() {}

    static void refit(Path out) {
      StoredRun run = StoredRun.read(out.resolve("heart-on-marble").resolve("run.npz"));
      try (RunArrays arrays = RunArrays.of(run)) {
        LinearSolution solution =
            ClosedForms.leastSquares(
                arrays.masks().array(), arrays.weights().array(), arrays.scores().array(), true);
        INDArray expected = requireNonNull(arrays.coefficients()).array();
        assertArrayEquals(expected.shape(), solution.coefficients().shape());
        assertArrayEquals(
            expected.dup().data().asDouble(),
            solution.coefficients().dup().data().asDouble(),
            CLOSE);
        assertArrayEquals(
            requireNonNull(arrays.intercepts()).array().toDoubleVector(),
            solution.intercepts().toDoubleVector(),
            CLOSE);
        assertTrue(solution.coefficients().norm1Number().doubleValue() > 0.01);
      }
    }
  }

  @Test
  void shouldShareAProcessWithOpenCvAndLibtorch() throws IOException {
    INDArray square = Nd4j.rand(DataType.DOUBLE, 200, 200);
    INDArray before = square.mmul(square);
    Refit.explain(folder);
    AfterExplain.refit(folder);
    assertEquals(before, square.mmul(square));
  }

  @Test
  void shouldNotBeLoadedByAnExplanation() throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    Path err = folder.resolve("err.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Djava.awt.headless=true",
            "-Xlog:class+load=info:file=" + log + "::filecount=0",
            "-cp",
            System.getProperty("java.class.path"),
            Refit.class.getName(),
            folder.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(err.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    assertEquals(0, process.exitValue(), () -> read(err));
    List<String> loaded = Files.readAllLines(log);
    int end = indexOf(loaded, " " + AfterExplain.class.getName() + " ");
    assertTrue(end > 0, "the explanation has no end");
    List<String> nd4j = loaded.subList(0, end).stream().filter(NeighboursTest::isNd4j).toList();
    assertEquals(List.of(), nd4j);
    List<String> early = loaded.subList(0, end);
    assertTrue(indexOf(early, " org.bytedeco.pytorch.JitModule ") > 0, "libtorch was not loaded");
    assertTrue(indexOf(early, "dev.quicklime.surrogate.SurrogateFitter ") > 0, "nothing fitted");
    assertFalse(
        loaded.stream().noneMatch(NeighboursTest::isNd4j), "the log would not show ND4J at all");
  }

  /** Its own classes, and this module's, which lie in dev.quicklime.nd4j like these tests. */
  private static boolean isNd4j(String line) {
    return line.contains(" org.nd4j.")
        || (line.contains(" dev.quicklime.nd4j.") && !line.contains("NeighboursTest"));
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    return -1;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
