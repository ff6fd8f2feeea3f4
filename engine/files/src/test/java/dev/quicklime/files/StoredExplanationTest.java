package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Provenance;
import dev.quicklime.Versions;
import dev.quicklime.model.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredExplanationTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Explanation EXPLANATION = Runs.explain(Runs.options());

  @TempDir Path folder;

  private static ObjectNode provenance(ObjectNode root) {
    return (ObjectNode) root.get("provenance");
  }

  private static ObjectNode options(ObjectNode root) {
    return (ObjectNode) provenance(root).get("options");
  }

  private StoredExplanation changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = ExplanationJson.tree("cat.png", EXPLANATION);
    change.accept(root);
    return StoredExplanation.read(
        Files.write(folder.resolve("explanation.json"), MAPPER.writeValueAsBytes(root)));
  }

  private String refused(Consumer<ObjectNode> change) {
    String message =
        String.valueOf(
            assertThrows(InvalidInputException.class, () -> changed(change)).getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void shouldReadWhatAnExplanationWasMadeWith() throws IOException {
    StoredExplanation stored = changed(root -> {});
    Provenance then = EXPLANATION.provenance();
    Provenance now = stored.provenance();
    assertEquals(then.options(), now.options());
    assertEquals(then.preprocessing(), now.preprocessing());
    assertEquals(then.batch(), now.batch());
    assertEquals(then.versions(), now.versions());
    assertEquals(then.cpu(), now.cpu());
    assertEquals(then.kernels(), now.kernels());
    assertEquals(then.model().withDecisions(List.of()).withNotices(List.of()), now.model());
    assertEquals("cat.png", stored.image());
    assertEquals(70, stored.samples());
    assertNull(stored.inputs());
    for (int c = 0; c < 3; c++) {
      StoredExplanation.StoredClass found = stored.classes().get(c);
      assertEquals(EXPLANATION.classes().get(c).scored().index(), found.index());
      assertEquals(EXPLANATION.classes().get(c).fit().intercept(), found.intercept());
      assertEquals(EXPLANATION.classes().get(c).fit().coefficients(), found.coefficients());
    }
  }

  @Test
  void shouldReadWhatThePictureWasScoredIn() throws IOException {
    StoredExplanation stored =
        changed(
            root -> {
              ObjectNode made = (ObjectNode) root.get("provenance");
              made.put("precision", "bf16");
              made.put("originalPrecision", "fp32");
            });
    assertEquals("bf16", stored.provenance().model().precision());
    assertEquals("fp32", stored.provenance().model().originalPrecision());
    // Files of before it was written down have scores as of samples.
    StoredExplanation older =
        changed(
            root -> {
              ObjectNode made = (ObjectNode) root.get("provenance");
              made.put("precision", "bf16");
              made.remove("originalPrecision");
            });
    assertEquals("bf16", older.provenance().model().originalPrecision());
  }

  @Test
  void shouldReadWhichFilesWentIntoIt() throws IOException {
    Path picture = Files.writeString(folder.resolve("cat.png"), "123456789");
    FileMark mark = FileMark.of(picture, true);
    // The check value of CRC-32.
    assertEquals(new FileMark(picture.toString(), true, 9, "cbf43926"), mark);
    assertTrue(mark.sameContent(new FileMark("other.png", false, 9, "cbf43926")));
    assertFalse(mark.sameContent(new FileMark(picture.toString(), true, 9, "cbf43927")));
    RunInputs inputs =
        new RunInputs(
            mark, new FileMark("m.pt", false, 0, "00000000"), null, true, Compose.DEVICE, "both");
    Path file = folder.resolve("explanation.json");
    ExplanationJson.write("cat.png", EXPLANATION, null, null, inputs, file);
    assertEquals(inputs, StoredExplanation.read(file).inputs());
    String text = Files.readString(file).replace("\"cbf43926\"", "\"CBF\"");
    Files.writeString(file, text);
    assertEquals(
        "provenance.inputs.picture: crc32 must be eight hexadecimal digits in small letters, got"
            + " CBF",
        assertThrows(InvalidInputException.class, () -> StoredExplanation.read(file)).getMessage());
  }

  /** 2 x 2 pixels by runs that are cut off, too long, of halves of labels, and of none. */
  @ParameterizedTest
  @ValueSource(strings = {"0, 2, 1", "0, 2, 1, 3", "0, 2, 1.5, 2", "0, 2, null, 2", "0, 0, 1, 4"})
  void shouldRefuseRunsOfLabelsThatAreNone(String runs) throws IOException {
    JsonNode given =
        new JsonMapper()
            .readTree(
                "{\"type\": \"Given\", \"map\": {\"width\": 2, \"height\": 2, \"segments\": 2,"
                    + " \"runs\": [%s]}}".formatted(runs));
    String message =
        refused(root -> ((ObjectNode) root.at("/provenance/options")).set("segmenter", given));
    assertTrue(message.contains("runs must be labels"), message);
  }

  @Test
  void shouldRefuseWhatIsNoExplanationOfAPicture() throws IOException {
    String rule = "must be the explanation.json of a picture, got ";
    assertEquals(rule + "other JSON", refused(ObjectNode::removeAll));
    assertEquals(
        rule + "the explanation of a row of a table",
        refused(root -> root.removeAll().put("row", 1).putArray("features")));
    assertEquals(rule + "maps of Grad-CAM", refused(root -> root.removeAll().put("layer", "x")));
    assertTrue(
        refused(root -> root.removeAll().putArray("runs")).startsWith(rule + "what refit wrote"));
    assertEquals(
        rule + "a profile", refused(root -> root.removeAll().put("schema", 1).put("pictures", 2)));
    assertEquals(
        rule + "a folder",
        assertThrows(InvalidInputException.class, () -> StoredExplanation.read(folder))
            .getMessage());
    assertEquals(
        "there is no such file",
        assertThrows(
                InvalidInputException.class,
                () -> StoredExplanation.read(folder.resolve("none.json")))
            .getMessage());
  }

  @Test
  void shouldRefuseWhatWasCutOff() throws IOException {
    String text = ExplanationJson.toJson("cat.png", EXPLANATION);
    Path file = folder.resolve("cut.json");
    for (int length : new int[] {0, 1, 40, text.length() / 2, text.length() - 3}) {
      Files.writeString(file, text.substring(0, length));
      String message =
          String.valueOf(
              assertThrows(InvalidInputException.class, () -> StoredExplanation.read(file))
                  .getMessage());
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.startsWith("must be "), message);
    }
    Files.writeString(file, text + "}");
    assertThrows(InvalidInputException.class, () -> StoredExplanation.read(file));
  }

  @Test
  void shouldRefuseALaterForm() {
    assertEquals(
        "schema must be at most 1, got 2: Quicklime 9.9 wrote it, and this is the older %s; take"
                .formatted(Versions.quicklime())
            + " that version or a later one",
        refused(root -> root.put("schema", 2).put("quicklime", "9.9")));
    assertEquals(
        "schema must be the number of the form, 1, got \"x\"",
        refused(root -> root.put("schema", "x")));
  }

  @Test
  void shouldRefuseAFieldThatIsMissingOrWrongByItsPlace() {
    assertEquals(
        "provenance must be an object, got nothing", refused(root -> root.remove("provenance")));
    assertEquals(
        "provenance.threads must be a whole number between 1 and 1024, got 0",
        refused(root -> provenance(root).put("threads", 0)));
    assertEquals(
        "provenance.batch must be a whole number between 1 and 4096, got nothing",
        refused(root -> provenance(root).remove("batch")));
    assertEquals(
        "provenance.input.std must be there, got nothing",
        refused(root -> ((ObjectNode) provenance(root).get("input")).remove("std")));
    assertTrue(
        refused(root -> ((ObjectNode) provenance(root).get("input")).put("width", 0))
            .startsWith("provenance.input: width must be at least 1, got 0"));
    assertEquals(
        "classes[0].index must be a whole number between 0 and 2147483647, got \"x\"",
        refused(root -> ((ObjectNode) root.get("classes").get(0)).put("index", "x")));
  }

  @Test
  void shouldRefuseOptionsThatAreMissingWrongOrNotKnown() {
    assertEquals(
        "provenance.options.samples must be a whole number in its range, got \"many\"",
        refused(root -> options(root).put("samples", "many")));
    assertEquals(
        "provenance.options.samples must be a whole number in its range, got 7.5",
        refused(root -> options(root).put("samples", 7.5)));
    assertTrue(
        refused(root -> options(root).put("samples", 0))
            .startsWith("provenance.options: samples must be between 1 and "));
    assertTrue(
        refused(root -> ((ObjectNode) options(root).get("segmenter")).put("rows", 0))
            .startsWith("provenance.options.segmenter: "));
    assertTrue(
        refused(root -> options(root).remove("seed"))
            .startsWith("provenance.options.seed must be "));
    assertTrue(
        refused(root -> options(root).putNull("design"))
            .startsWith("provenance.options.design must be "));
    assertTrue(
        refused(root -> options(root).put("flavour", 1))
            .startsWith("provenance.options.flavour is not known to Quicklime "));
    assertTrue(
        refused(root -> options(root).putObject("design").put("type", "Sobol"))
            .startsWith("provenance.options.design must have a type that Quicklime "));
    assertTrue(
        refused(root -> options(root).put("target", "guess"))
            .startsWith("provenance.options.target must be one of the words "));
  }
}
