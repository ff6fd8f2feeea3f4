package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Samples;
import dev.quicklime.model.Labels;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunArchiveTest {

  @TempDir Path folder;

  private NpzFile write(Explanation explanation) throws IOException {
    Path file = folder.resolve("run.npz");
    RunArchive.write(explanation, file);
    return NpzFile.read(file);
  }

  @Test
  void shouldHaveTheNamesTypesAndShapesOfTheContract() throws IOException {
    NpzFile npz = write(Runs.explain(Runs.options().withScoresShown(1)));
    assertEquals(
        Map.ofEntries(
            Map.entry("labels", "<i4"),
            Map.entry("masks", "|u1"),
            Map.entry("scores", "<f8"),
            Map.entry("classes", "<i4"),
            Map.entry("weights", "<f8"),
            Map.entry("coefficients", "<f8"),
            Map.entry("intercepts", "<f8"),
            Map.entry("alpha", "<f8"),
            Map.entry("fit_intercept", "<i4"),
            Map.entry("block_rows", "<i4"),
            Map.entry("balanced_rows", "<i4")),
        npz.types());
    Map<String, List<Integer>> shapes = new HashMap<>();
    npz.arrays()
        .forEach((name, array) -> shapes.put(name, Arrays.stream(array.shape()).boxed().toList()));
    assertEquals(
        Map.ofEntries(
            Map.entry("labels", List.of(8, 12)),
            Map.entry("masks", List.of(71, 12)),
            Map.entry("scores", List.of(71, 3)),
            Map.entry("classes", List.of(3)),
            Map.entry("weights", List.of(71)),
            Map.entry("coefficients", List.of(3, 12)),
            Map.entry("intercepts", List.of(3)),
            Map.entry("alpha", List.of(3)),
            Map.entry("fit_intercept", List.of()),
            Map.entry("block_rows", List.of()),
            Map.entry("balanced_rows", List.of())),
        shapes);
  }

  @Test
  void shouldHoldTheRunItself() throws IOException {
    // More than 64 superpixels, so that a row takes a second, partly filled word.
    ExplainOptions options = Runs.options().withSegmenter(new Tiles(8, 9));
    Explanation explanation = Runs.explain(options);
    NpzFile npz = write(explanation);
    Samples samples = explanation.samples();
    int[] masks = npz.ints("masks");
    for (int row = 0; row < samples.rows(); row++) {
      for (int j = 0; j < 72; j++) {
        assertEquals(samples.masks().shown(row, j) ? 1 : 0, masks[row * 72 + j]);
      }
    }
    assertArrayEquals(explanation.segments().labels(), npz.ints("labels"));
    assertArrayEquals(samples.scores(), npz.doubles("scores"));
    assertArrayEquals(samples.weights(), npz.doubles("weights"));
    for (int c = 0; c < 3; c++) {
      var fit = explanation.classes().get(c).fit();
      assertEquals(samples.classes().get(c), npz.ints("classes")[c]);
      assertEquals(fit.intercept(), npz.doubles("intercepts")[c]);
      assertEquals(fit.alpha(), npz.doubles("alpha")[c]);
      for (int j = 0; j < 72; j++) {
        assertEquals(fit.coefficients().get(j), npz.doubles("coefficients")[c * 72 + j]);
      }
    }
    assertArrayEquals(new int[] {1}, npz.ints("fit_intercept"));
  }

  @Test
  void shouldSayThatNoInterceptWasFitted() throws IOException {
    ExplainOptions options =
        Runs.options().withSurrogate(Lasso.defaults().withAlpha(0.001).withIntercept(false));
    NpzFile npz = write(Runs.explain(options, Runs::score, Labels.none()));
    assertArrayEquals(new int[] {0}, npz.ints("fit_intercept"));
    assertArrayEquals(new double[3], npz.doubles("intercepts"));
    assertEquals(Set.of(0.001), Set.copyOf(Arrays.stream(npz.doubles("alpha")).boxed().toList()));
  }
}
