package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.report.figure.Show;
import dev.quicklime.segment.Tiles;
import dev.quicklime.serve.model.OptionReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of requests are the options of the command line. */
class ExplainParametersTest {

  private final ExplainParameters reader =
      new ExplainParameters(Labels.of(List.of("cat", "dog", "bird, small")));

  private OptionReader.Asked read(String json) {
    try {
      return reader.read((ObjectNode) JsonMapper.builder().build().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldBeTheDefaultsWhereNothingIsSaid() {
    assertEquals(ExplainOptions.defaults(), read("{}").options());
    assertEquals(Show.BOTH, read("{}").show());
  }

  @Test
  void shouldReadEveryKindOfValue() {
    ExplainOptions options =
        read("""
        {"samples": 500, "design": "hadamard", "tiles": "4x5", "fill": "blur",
         "blur_sigma": 2.5, "target": "logit", "classes": [2, "cat"], "seed": -3,
         "surrogate": "ols", "no-intercept": true, "stop": 5e-2, "top": null}
        """)
            .options();
    assertEquals(500, options.samples());
    assertEquals(new FoldedHadamard(), options.design());
    assertEquals(new Tiles(4, 5), options.segmenter());
    assertEquals(new Fill.Blur(2.5), options.fill());
    assertEquals(Target.LOGIT, options.target());
    assertEquals(new ClassChoice.Listed(List.of(2, 0)), options.classes());
    assertEquals(-3, options.seed());
    assertEquals(0.05, options.stop());
  }

  @Test
  void shouldFindAClassWhoseNameHasACommaOfItsOwn() {
    ClassChoice expected = new ClassChoice.Listed(List.of(1, 2));
    assertEquals(expected, read("{\"classes\": [\"dog\", \"bird, small\"]}").options().classes());
    assertEquals(
        new ClassChoice.Listed(List.of(2)),
        read("{\"classes\": \"bird, small\"}").options().classes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "lime", "slic20-black", "shapley"})
  void shouldReadPresets(String preset) {
    assertEquals(ExplainOptions.preset(preset), read("{\"preset\": \"" + preset + "\"}").options());
  }

  @Test
  void shouldReadWhichWeightsAreShown() {
    assertEquals(Show.POSITIVE, read("{\"show\": \"positive\"}").show());
  }

  @Test
  void shouldKeepWhatWasReadBefore() {
    assertSame(read("{\"samples\": 7}"), read("{\"samples\": 7}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"samples\": 0}|parameters.samples must be a whole number between 1 and 10000000, got 0",
        "{\"samples\": 1.5}|parameters.samples must be a whole number between 1 and 10000000, got"
            + " 1.5",
        "{\"samples\": true}|parameters.samples must be a number, a text or a list of those, got"
            + " true",
        "{\"samples\": {}}|parameters.samples must be a number, a text or a list of those, got {}",
        "{\"design\": \"x\"}|parameters.design must be one of bernoulli",
        "{\"no_intercept\": 1}|parameters.no_intercept must be true or false, got 1",
        "{\"tiles\": \"2x2\", \"segments\": 9}|parameters.tiles cannot be combined with"
            + " parameters.segments",
        "{\"design\": \"exhaustive\", \"samples\": 9}|parameters.samples cannot be combined with"
            + " parameters.design exhaustive",
        "{\"classes\": [\"horse\"]}|classes must be indices or names from the labels, got horse",
        "{\"blur-sigma\": 5}|parameters.blur-sigma goes with",
        "{\"blur_sigma\": 5}|parameters.blur_sigma goes with",
        "{\"sample\": 1}|parameters.sample is no option of an explanation; there are alpha,"
            + " blur-sigma",
        "{\"help\": true}|parameters.help is no option",
        "{\"\": 1}|parameters. is no option",
        "{\"-model\": 1}|parameters.-model is no option",
        "{\"model\": \"/etc/passwd\"}|parameters.model cannot be set by a request: it is for"
            + " whoever starts the service",
        "{\"label_map\": \"/etc/passwd\"}|parameters.label_map cannot be set by a request",
        "{\"labels\": \"x\"}|parameters.labels cannot be set by a request",
        "{\"device\": \"cuda\"}|parameters.device cannot be set by a request",
        "{\"batch\": 9}|parameters.batch cannot be set by a request",
        "{\"max_pixels\": 9}|parameters.max_pixels cannot be set by a request",
        "{\"list_presets\": true}|parameters.list_presets cannot be set by a request",
        "{\"preset\": \"nothing\"}|parameters.preset must be one of",
      })
  void shouldNameTheParameterThatIsWrong(String json, String message) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(json));
    String said = String.valueOf(e.getMessage());
    assertTrue(said.startsWith(message), said);
    assertEquals(1, said.lines().count());
  }
}
