package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.kernel.machine.CpuFlags;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AotOutputsTest {

  /** As outputs.py prints them for its ramp. */
  private static final double[] EXPECTED = {
    -0.50081187, -0.27649736, -0.08354335, -0.48593822, -0.28590846, -0.10127621,
  };

  @TempDir Path folder;

  private double[] score(@Nullable String output) throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && CpuFlags.has("avx2"),
        "outputs.pt2 was compiled for Linux on x86-64 with AVX2");
    Path file = folder.resolve("outputs.pt2");
    try (InputStream in =
        Objects.requireNonNull(AotOutputsTest.class.getResourceAsStream("outputs.pt2"))) {
      Files.write(file, in.readAllBytes());
    }
    ModelOptions options =
        ModelOptions.of(Models.card(file).preprocessing()).withThreads(1).withOutput(output);
    try (AotPackage model = AotPackage.open(file, options, Models.card(file));
        Batch batch = model.newBatch()) {
      for (int i = 0; i < 2 * model.format().elements(); i++) {
        batch.pixels().setAtIndex(JAVA_FLOAT, i, i * 7 % 251 / 256f - 0.5f);
      }
      return model.score(batch, 2);
    }
  }

  @ParameterizedTest
  @CsvSource({", 1", "logits, 1", "1, 1", "more.0, 2", "2, 2"})
  void shouldTakeTheOutputThatIsAskedFor(@Nullable String output, double times) throws IOException {
    double[] expected = new double[EXPECTED.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = times * EXPECTED[i];
    }
    assertArrayEquals(expected, score(output), 1e-6);
  }

  @Test
  void shouldListWhatThereIs() {
    for (String output : List.of("maps", "scores", "3")) {
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> score(output));
      String said = String.valueOf(e.getMessage());
      assertTrue(said.contains("outputs.pt2"), said);
      assertTrue(said.contains("0 maps: float[2, 4, 6, 6]") || output.equals("3"), said);
      assertEquals(1, said.lines().count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, {'type': null, 'context': null, 'children_spec': []}] | []",
        "[1, {'type': 'builtins.dict', 'context': '[!a!, !b!]', 'children_spec': [{'type': null}, "
            + "{'type': 'builtins.tuple', 'context': 'null', 'children_spec': "
            + "[{'type': null}, {'type': null}]}]}] | [a, b.0, b.1]",
        "[1, {'type': 'collections.defaultdict', 'context': '[!x!, [!a!]]', 'children_spec': "
            + "[{'type': null}]}] | [a]",
        "nonsense | []",
        "'' | []",
      })
  void shouldReadTheirNames(String spec, String names) {
    String json = spec.replace('\'', '"').replace("!", "\\\"");
    List<String> found = PackageOutputs.names(json);
    assertEquals(names, found.equals(List.of("")) ? "[]" : found.toString());
  }
}
