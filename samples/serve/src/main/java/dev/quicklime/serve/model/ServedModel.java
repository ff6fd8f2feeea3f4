package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * A model of pictures that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 */
public record ServedModel(String name, Explainer explainer, OptionReader options)
    implements Served {

  /**
   * Checks the name.
   *
   * @throws InvalidInputException if routes cannot have it
   */
  public ServedModel {
    Served.checkName(name);
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(options, "options");
  }
}
