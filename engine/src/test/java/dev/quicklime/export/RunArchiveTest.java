package dev.quicklime.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Samples;
import dev.quicklime.model.Labels;
import dev.quicklime.npy.NpyArray;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunArchiveTest {

  private static final Pattern TYPE = Pattern.compile("'descr': '([^']+)'");

  @TempDir Path folder;

  /** Reads every array, and says its type as the header has it. */
  private Map<String, NpyArray> arrays(Explanation explanation, Map<String, String> types)
      throws IOException {
    Path file = folder.resolve("run.npz");
    RunArchive.write(explanation, file);
    Map<String, NpyArray> arrays = new HashMap<>();
    try (FileSystem zip = FileSystems.newFileSystem(file);
        Stream<Path> entries = Files.list(zip.getPath("/"))) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        Path copy = folder.resolve(name);
        Files.copy(entry, copy);
        Matcher type =
            TYPE.matcher(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1));
        assertTrue(type.find());
        String array = name.replace(".npy", "");
        types.put(array, type.group(1));
        arrays.put(array, NpyArray.read(copy));
      }
    }
    return arrays;
  }

  @Test
  void shouldHaveTheNamesTypesAndShapesOfTheContract() throws IOException {
    Map<String, String> types = new HashMap<>();
    Map<String, NpyArray> arrays =
        arrays(Runs.explain(Runs.options().withScoresShown(1)), types);
    assertEquals(
        Map.of(
            "labels", "<i4",
            "masks", "|u1",
            "scores", "<f8",
            "classes", "<i4",
            "weights", "<f8",
            "coefficients", "<f8",
            "intercepts", "<f8",
            "alpha", "<f8",
            "fit_intercept", "<i4"),
        types);
    Map<String, List<Integer>> shapes = new HashMap<>();
    arrays.forEach(
        (name, array) ->
            shapes.put(name, java.util.Arrays.stream(array.shape()).boxed().toList()));
    assertEquals(
        Map.of(
            "labels", List.of(8, 12),
            "masks", List.of(71, 12),
            "scores", List.of(71, 3),
            "classes", List.of(3),
            "weights", List.of(71),
            "coefficients", List.of(3, 12),
            "intercepts", List.of(3),
            "alpha", List.of(3),
            "fit_intercept", List.of()),
        shapes);
  }

  @Test
  void shouldHoldTheRunItself() throws IOException {
    // More than 64 superpixels, so that a row takes a second, partly filled word.
    ExplainOptions options = Runs.options().withSegmenter(new Tiles(8, 9));
    Explanation explanation = Runs.explain(options);
    Map<String, NpyArray> arrays = arrays(explanation, new HashMap<>());
    Samples samples = explanation.samples();
    int[] masks = arrays.get("masks").toInts();
    for (int row = 0; row < samples.rows(); row++) {
      for (int j = 0; j < 72; j++) {
        assertEquals(samples.masks().shown(row, j) ? 1 : 0, masks[row * 72 + j]);
      }
    }
    assertArrayEquals(explanation.segments().labels(), arrays.get("labels").toInts());
    assertArrayEquals(samples.scores(), arrays.get("scores").toDoubles());
    assertArrayEquals(samples.weights(), arrays.get("weights").toDoubles());
    for (int c = 0; c < 3; c++) {
      var fit = explanation.classes().get(c).fit();
      assertEquals(samples.classes().get(c), arrays.get("classes").toInts()[c]);
      assertEquals(fit.intercept(), arrays.get("intercepts").toDoubles()[c]);
      assertEquals(fit.alpha(), arrays.get("alpha").toDoubles()[c]);
      for (int j = 0; j < 72; j++) {
        assertEquals(
            fit.coefficients().get(j), arrays.get("coefficients").toDoubles()[c * 72 + j]);
      }
    }
    assertArrayEquals(new int[] {1}, arrays.get("fit_intercept").toInts());
  }

  @Test
  void shouldSayThatNoInterceptWasFitted() throws IOException {
    ExplainOptions options =
        Runs.options().withSurrogate(Lasso.defaults().withAlpha(0.001).withIntercept(false));
    Map<String, NpyArray> arrays =
        arrays(Runs.explain(options, Runs::score, Labels.none()), new HashMap<>());
    assertArrayEquals(new int[] {0}, arrays.get("fit_intercept").toInts());
    assertArrayEquals(new double[3], arrays.get("intercepts").toDoubles());
    assertEquals(
        Set.of(0.001),
        Set.copyOf(
            java.util.Arrays.stream(arrays.get("alpha").toDoubles()).boxed().toList()));
  }
}
