package dev.quicklime.serve.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.report.figure.Show;
import java.util.Objects;

/**
 * Reads the options of an explanation. What they are called, and which of them go together, is for
 * the application to say.
 */
@FunctionalInterface
public interface OptionReader {

  /**
   * What a request asks for.
   *
   * @param options how the picture is explained
   * @param show which weights its figures show
   */
  record Asked(ExplainOptions options, Show show) {

    /** Refuses what is missing. */
    public Asked {
      Objects.requireNonNull(options, "options");
      Objects.requireNonNull(show, "show");
    }
  }

  /**
   * Reads options by their names; those that are not named have their defaults.
   *
   * @param parameters values by name
   * @throws InvalidInputException in one line that names the parameter which is wrong
   */
  Asked read(ObjectNode parameters);

  /** Takes no options at all: every picture is explained in one way. */
  static OptionReader fixed(ExplainOptions options) {
    Objects.requireNonNull(options, "options");
    return parameters -> {
      if (!parameters.isEmpty()) {
        throw new InvalidInputException(
            "parameters.%s is no option of this service".formatted(parameters.fieldNames().next()));
      }
      return new Asked(options, Show.BOTH);
    };
  }
}
