package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A model that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 */
public record ServedModel(String name, Explainer explainer, OptionReader options) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  /**
   * Checks the name.
   *
   * @throws InvalidInputException if routes cannot have it
   */
  public ServedModel {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(options, "options");
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "the name of a model must begin with a letter or digit and have only letters, digits,"
              + " dots, dashes and underscores, got "
              + name);
    }
  }
}
