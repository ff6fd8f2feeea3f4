package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.model.PipelinedClassifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in a file of their own. */
class OnnxWeightsTest {

  @TempDir Path folder;

  private static void assertScored(Path file) {
    try (PipelinedClassifier model = OnnxModels.open(file, OnnxFiles.options(file).withBatch(2))) {
      assertArrayEquals(OnnxFiles.linear(2), OnnxFiles.scores(model, 2));
      assertEquals(8, model.info().parameters());
    }
  }

  private static String refusal(Path file) {
    return OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(32, 32)));
  }

  private Path copy(String weights) throws IOException {
    Path file = OnnxFiles.file("external");
    Files.copy(file.resolveSibling("external.weights"), folder.resolve(weights));
    return Files.copy(file, folder.resolve("model.onnx"));
  }

  @Test
  void shouldReadThemBesideTheFile() throws Exception {
    assertScored(OnnxFiles.file("external"));
    assertScored(copy("external.weights"));
  }

  @Test
  void shouldReadThemBesideALinkOrBesideItsTarget() throws Exception {
    Path file = copy("external.weights");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link.onnx"), file);
    assertScored(link);
    assertScored(Files.createSymbolicLink(folder.resolve("again.onnx"), link));
    // All of it linked one by one, as stores of models do.
    Path store = Files.createDirectory(folder.resolve("store"));
    Path weights = folder.resolve("external.weights");
    Files.move(weights, store.resolve("b2"));
    Files.move(file, store.resolve("a1"));
    Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
    Files.createSymbolicLink(snapshot.resolve("external.weights"), store.resolve("b2"));
    assertScored(Files.createSymbolicLink(snapshot.resolve("m.onnx"), store.resolve("a1")));
  }

  @Test
  void shouldSayWhichFileIsMissing() throws Exception {
    String message = refusal(copy("other.weights"));
    assertTrue(message.contains("beside it, external.weights, which must be there"), message);
  }

  @Test
  void shouldRefuseWeightsThatAreCutOff() throws Exception {
    Path file = copy("external.weights");
    Files.write(folder.resolve("external.weights"), new byte[31]);
    String message = refusal(file);
    assertTrue(message.contains("needs 32 bytes of weights in external.weights, got 31"), message);
  }

  @Test
  void shouldReadNoFileOutsideOfTheModelsFolder() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    byte[] model = Files.readAllBytes(OnnxFiles.file("external"));
    for (String name : List.of("../x/aaa.weights", "/rnal/al.weights", "../../../../etc.")) {
      Path file = inner.resolve("model.onnx");
      Files.write(file, renamed(model, "external.weights", name));
      String message = refusal(file);
      assertTrue(message.contains("files of its own folder, got " + name), message);
    }
    Path nameless = inner.resolve("nameless.onnx");
    Files.write(nameless, renamed(model, "location", "nolocats"));
    assertTrue(refusal(nameless).contains("got one without a name"));
  }

  /** Another text of the same length within a message. */
  private static byte[] renamed(byte[] bytes, String text, String by) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(all.contains(text) && by.length() == text.length());
    return all.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
  }
}
