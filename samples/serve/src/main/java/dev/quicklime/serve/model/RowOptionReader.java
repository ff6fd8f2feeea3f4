package dev.quicklime.serve.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.tabular.TabularOptions;
import java.util.Objects;

/**
 * Reads how a row is explained, as {@link OptionReader} does for pictures. Whether categories are
 * one input each is not among it: it belongs to the model.
 */
@FunctionalInterface
public interface RowOptionReader {

  /**
   * Reads options by their names; those that are not named have their defaults.
   *
   * @param parameters values by name
   * @throws InvalidInputException in one line that names the parameter which is wrong
   */
  TabularOptions read(ObjectNode parameters);

  /** Takes no options at all: every row is explained in one way. */
  static RowOptionReader fixed(TabularOptions options) {
    Objects.requireNonNull(options, "options");
    return parameters -> {
      if (!parameters.isEmpty()) {
        throw new InvalidInputException(
            "parameters.%s is no option of this service".formatted(parameters.fieldNames().next()));
      }
      return options;
    };
  }
}
