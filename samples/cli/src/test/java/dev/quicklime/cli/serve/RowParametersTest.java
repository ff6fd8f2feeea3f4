package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularDesign;
import dev.quicklime.tabular.TabularOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of requests about rows are the options of the command line. */
class RowParametersTest {

  private final RowParameters reader =
      new RowParameters(
          Table.of(List.of("a", "b", "c"), new double[][] {{1, 2, 0}, {2, 4, 1}}, Set.of("c")),
          Labels.of(List.of("cat", "dog, small")));

  private TabularOptions read(String json) {
    try {
      return reader.read((ObjectNode) JsonMapper.builder().build().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldBeTheDefaultsWhereNothingIsSaid() {
    assertEquals(TabularOptions.defaults(), read("{}"));
  }

  @Test
  void shouldReadEveryKindOfValue() {
    TabularOptions options =
        read(
            """
            {"samples": 500, "design": "sobol", "width": 2.5, "sigma": [0.5, 0], "target": "logit",
             "classes": ["dog, small", 0], "seed": -3, "surrogate": "best-subset", "features": 2,
             "no_intercept": true}
            """);
    assertEquals(500, options.samples());
    assertEquals(TabularDesign.SOBOL, options.design());
    assertEquals(2.5, options.width());
    assertEquals(List.of(0.5, 0.0), options.deviations());
    assertEquals(Target.LOGIT, options.target());
    assertEquals(new ClassChoice.Listed(List.of(1, 0)), options.classes());
    assertEquals(-3, options.seed());
    assertEquals(new BestSubset(2, 10, false), options.surrogate());
    assertEquals(Lasso.defaults(), read("{\"surrogate\": \"lasso\"}").surrogate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"samples\": 1}|parameters.samples must be a whole number between 2 and 16777216, got 1",
        "{\"sigma\": [1, 2, 3]}|parameters.sigma must have one number for each of 2 numeric"
            + " columns, got 3",
        "{\"sigma\": [1, 1e37]}|parameters.sigma must be at most 1.0E36",
        "{\"design\": \"hadamard\"}|parameters.design must be one of gaussian",
        "{\"radius\": 2}|parameters.radius says nothing about parameters.surrogate ols",
        "{\"classes\": [\"horse\"]}|classes must be indices or names from the labels, got horse",
        "{\"tiles\": \"2x2\"}|parameters.tiles is no option of an explanation; there are alpha,"
            + " classes",
        "{\"one_hot\": true}|parameters.one_hot is no option",
        "{\"data\": \"/etc/passwd\"}|parameters.data is no option",
        "{\"surrogate\": \"shapley\"}|Shapley values are explained of pictures alone",
      })
  void shouldNameTheParameterThatIsWrong(String json, String message) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(json));
    String said = String.valueOf(e.getMessage());
    assertTrue(said.startsWith(message), said);
    assertEquals(1, said.lines().count());
  }
}
