package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.ServiceException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A model that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 * @param readiness whether it can be asked
 */
public record ServedModel(
    String name, Explainer explainer, OptionReader options, Readiness readiness) {

  /** When to ask again for a model that is not ready. */
  private static final int RETRY_SECONDS = 1;

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
    Objects.requireNonNull(readiness, "readiness");
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "the name of a model must begin with a letter or digit and have only letters, digits,"
              + " dots, dashes and underscores, got "
              + name);
    }
  }

  /** A model that is ready from the beginning. */
  public ServedModel(String name, Explainer explainer, OptionReader options) {
    this(name, explainer, options, Readiness.always());
  }

  /** Whether it can be asked now. */
  public boolean ready() {
    return readiness.missing() == null;
  }

  /**
   * The same, for whoever is going to ask it.
   *
   * @throws ServiceException if it is not ready
   */
  public ServedModel asked() {
    String missing = readiness.missing();
    if (missing != null) {
      throw ServiceException.unready(
          "the model %s is not ready: %s".formatted(name, missing), RETRY_SECONDS);
    }
    return this;
  }
}
