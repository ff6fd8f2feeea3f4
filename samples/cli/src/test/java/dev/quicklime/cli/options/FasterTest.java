package dev.quicklime.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.cli.Models;
import dev.quicklime.model.ClassifierInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FasterTest {

  private static final String FAST = "--preset fast ends once the weights are steady";
  private static final String PACKAGE = "a .pt2 compiled of the model, often twice as fast";
  private static final String ONNX = "an .onnx of it";

  @TempDir private Path folder = Path.of("");

  private List<String> ways(String device, String precision, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--model"));
    all.add(Models.save(folder.resolve("m"), Models.MEANS).toString());
    all.addAll(Arrays.asList(words));
    return new Faster(ExplainWords.choose(all), false)
        .of(new ClassifierInfo("m.pt", "r", null, device, precision, 2, List.of(), List.of()));
  }

  @Test
  void shouldNameWhatAppliesToAModelInSinglePrecision() throws IOException {
    assertEquals(List.of(FAST, PACKAGE, ONNX), ways("cpu", "fp32"));
    assertEquals(
        List.of(FAST, PACKAGE, "--precision auto", ONNX),
        ways("cpu", "fp32", "--precision", "fp32"));
  }

  @Test
  void shouldNotNameOnnxWhereTheModelIsFasterAlready() throws IOException {
    assertEquals(List.of(FAST, PACKAGE), ways("cpu", "bf16"));
  }

  @Test
  void shouldNotNameOtherFilesOfAModelOnAGpu() throws IOException {
    assertEquals(List.of(FAST), ways("cuda:0", "fp32"));
  }

  @Test
  void shouldNotNameAPresetThatIsTakenOrExplainsSomethingElse() throws IOException {
    assertEquals(List.of(PACKAGE), ways("cpu", "bf16", "--preset", "fast"));
    assertEquals(List.of(PACKAGE), ways("cpu", "bf16", "--stop", "0.05"));
    assertEquals(List.of(PACKAGE), ways("cpu", "bf16", "--surrogate", "shapley"));
    assertEquals(List.of(PACKAGE), ways("cpu", "bf16", "--design", "exhaustive"));
  }

  @Test
  void shouldNotNameOtherFilesOfTheBundledModel() {
    assertEquals(
        List.of(FAST),
        new Faster(ExplainWords.choose(List.of()), true)
            .of(new ClassifierInfo("m", "r", null, "cpu", "fp32", 2, List.of(), List.of())));
  }
}
