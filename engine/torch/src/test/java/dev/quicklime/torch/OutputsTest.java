package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.NamedTuples;
import dev.quicklime.torch.internal.TestModules;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsTest {

  @TempDir Path folder;

  private double score(String body, @Nullable String output) {
    return score(TestModules.save(folder, body), output);
  }

  private static double score(Path file, @Nullable String output) {
    Preprocessing input = Preprocessing.imageNet().withSize(2, 2);
    ModelOptions options = ModelOptions.of(input).withBatch(2).withThreads(1).withOutput(output);
    try (TorchScript model = TorchScript.open(file, options);
        Batch batch = model.newBatch()) {
      for (int i = 0; i < 12; i++) {
        batch.pixels().setAtIndex(JAVA_FLOAT, i, i % 3);
      }
      return model.score(batch, 1)[1];
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return (x.mean([2, 3]), None)",
        "return [x, x.mean([2, 3])]",
        "return {'features': x, 'scores': x.mean([2, 3])}",
        "return {'logits': x.mean([2, 3]), 'other': x.sum([2, 3])}",
        "return (x, (x.mean([2, 3]), x.size(0)))",
        "return x.mean([2, 3], True)",
        "return {0.5: x, 1.5: x.mean([2, 3])}",
        "return {7: x.mean([2, 3]), 8: x}",
      })
  void shouldFindTheScores(String body) {
    assertEquals(1, score(body, null));
  }

  @Test
  void shouldTakeTheOutputThatIsAskedFor() {
    String body = "return (x.mean([2, 3]), (x.sum([2, 3]), x))";
    assertEquals(1, score(body, "0"));
    assertEquals(4, score(body, "1.0"));
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> score(body, null));
    assertTrue(e.toString().contains("1.0"), e.getMessage());
  }

  /** Maps, twice their sum as scores, and their mean. */
  private Path named() {
    return NamedTuples.name(
        TestModules.save(folder, "return (x, x.sum([2, 3]) * 2.0, x.mean([2, 3]))"),
        List.of("features", "logits", "aux"));
  }

  @ParameterizedTest
  @CsvSource({", 8", "logits, 8", "aux, 1", "1, 8", "2, 1"})
  void shouldKnowTheNamesOfATuple(@Nullable String output, double expected) {
    assertEquals(expected, score(named(), output));
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> score(named(), "scores"));
    assertTrue(e.toString().contains("1 logits: float[2, 3]"), e.getMessage());
  }

  @Test
  void shouldMapTheOutputThatIsAskedFor() {
    Path file =
        TestModules.save(folder, "x = torch.relu(x)\n    return (x.sum([2, 3]), x.mean([2, 3]))");
    CamInput picture = CamInput.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1}, 1, 3, 2, 2);
    try (GradCam sum = GradCam.load(file, Device.cpu(), 1, "0");
        GradCam mean = GradCam.load(file, Device.cpu(), 1, "1");
        GradCam open = GradCam.load(file, Device.cpu(), 1);
        GradCam names = GradCam.load(named(), Device.cpu(), 1, "aux")) {
      assertArrayEquals(new double[] {10, 26, 12}, sum.scores(picture)[0], 1e-5);
      assertArrayEquals(new double[] {2.5, 6.5, 3}, mean.scores(picture)[0], 1e-5);
      assertEquals(
          sum.explain(picture, CamOptions.defaults()).first().getFirst().alphas()[1],
          4 * mean.explain(picture, CamOptions.defaults()).first().getFirst().alphas()[1],
          1e-6);
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> open.scores(picture));
      assertTrue(e.toString().contains("name the output"), e.getMessage());
      assertThrows(QuicklimeException.class, () -> names.scores(picture));
    }
  }

  @Test
  void shouldScoreRowsByTheOutputThatIsAskedFor() {
    Path file = TestModules.save(folder, "return {'sum': x.sum(1), 'mean': x.mean(1)}");
    try (TorchRows model = TorchRows.open(file, Device.cpu(), 2, 1, "mean")) {
      assertArrayEquals(new double[] {2, 5}, model.score(new double[] {1, 3, 4, 6}, 2));
    }
  }
}
