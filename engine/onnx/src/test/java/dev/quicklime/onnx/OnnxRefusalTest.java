package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxRefusalTest {

  private static String refusal(Path file) {
    return OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(32, 32)).close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twoinputs  | must take one input, got 2: x float32[?, 3, 32, 32], y float32[?, 3, 32, 32]",
        "noinput    | must take one input, got 0",
        "rows       | must take pictures, .*got float32[?, 4] as its input x",
        "int64      | must take pictures, .*got int64[?, 3, 32, 32] as its input x",
        "float64    | must take pictures, .*got float64[?, 3, 32, 32] as its input x",
        "bfloat16   | got bfloat16[?, 3, 32, 32] as its input x, which no operator",
        "volume     | got float32[?, 3, 8, 32, 32]",
        "zero       | got float32[?, 3, 0, 32]",
        "emptybatch | got float32[0, 3, 32, 32]",
        "huge       | at most 16384 in dimension 2 of its input, got float32[?, 3, 1099511627776,"
            + " 32]",
        "hugebatch  | at most 4096 in dimension 0 of its input, got float32[1099511627776, 3, 32,"
            + " 32]",
        "channels   | at most .* in dimension 1 of its input, got float32[?, 5000, 8192, 8192]",
        "unknown    | cannot be run; ONNX Runtime says: .*Frobnicate",
        "domain     | cannot be run; ONNX Runtime says: .*com.example",
        "later      | cannot be run; ONNX Runtime says: .*99",
        "dangling   | cannot be run; ONNX Runtime says: ",
        "mismatch   | cannot be run; ONNX Runtime says: ",
      })
  void shouldSayInOneLineWhatIsWrongWithAFile(String name, String said) {
    String message = refusal(OnnxFiles.file(name));
    int from = 0;
    for (String part : said.split("\\.\\*", -1)) {
      from = message.indexOf(part, from);
      assertTrue(from >= 0, message);
    }
  }

  @Test
  void shouldRefuseWhatIsNoModelAtAll(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.onnx");
    byte[] whole = Files.readAllBytes(OnnxFiles.file("outputs"));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      refusal(file);
    }
    Random random = new Random(1);
    for (int length : new int[] {1, 10, 1000, 100_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      Files.write(file, noise);
      refusal(file);
      Arrays.fill(noise, (byte) 0);
      Files.write(file, noise);
      refusal(file);
    }
    Files.writeString(file, "<html><body>404 Not Found</body></html>");
    assertTrue(refusal(file).contains("must be an ONNX file"));
    assertTrue(refusal(folder).contains("is not a file"));
    assertTrue(refusal(folder.resolve("none.onnx")).contains("does not exist"));
  }

  @Test
  void shouldSurviveAnyDamagedByte(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.onnx");
    byte[] whole = Files.readAllBytes(OnnxFiles.file("outputs"));
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      ModelOptions how = OnnxFiles.options(32, 32).withBatch(2);
      try (PipelinedClassifier model = OnnxModels.open(file, how)) {
        OnnxFiles.scores(model, 1);
      } catch (RuntimeException e) {
        OnnxFiles.refusal(
            () -> {
              throw e;
            });
      }
    }
  }

  @Test
  void shouldNoticeScoresThatAreNoNumbers() {
    Path file = OnnxFiles.file("nothing");
    try (Explainer explainer =
        Explainer.of(OnnxModels.open(file, OnnxFiles.options(file).withBatch(4)), Labels.none())) {
      Image picture = Image.of8(64, 64, 3, new byte[64 * 64 * 3]);
      String message =
          OnnxFiles.refusal(
              () -> explainer.explain(picture, ExplainOptions.defaults(), Progress.none()));
      assertTrue(message.contains("must return finite scores, got NaN for"), message);
    }
  }

  @Test
  void shouldRefuseOptionsThatTheRuntimeCannotFollow() {
    Path file = OnnxFiles.file("linear");
    ModelOptions how = OnnxFiles.options(file);
    String cuda = OnnxFiles.refusal(() -> OnnxModels.open(file, how.withDevice(Device.cuda(0))));
    assertTrue(cuda.contains("no code for GPUs, got cuda:0: take auto or cpu"), cuda);
    String bf16 = OnnxFiles.refusal(() -> OnnxModels.open(file, how.withPrecision(Precision.BF16)));
    assertTrue(bf16.contains("got bf16: export the network in it"), bf16);
    OnnxModels.open(file, how.withPrecision(Precision.FP32)).close();
  }
}
