package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.ServiceException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A model that is served, of pictures or of rows of a table. */
public sealed interface Served permits ServedModel, ServedTable {

  /** When to ask again for a model that is not ready. */
  int RETRY_SECONDS = 1;

  /** What routes call it. */
  String name();

  /** What it waits for before it can be asked, in one line; null where it is ready. */
  default @Nullable String missing() {
    return null;
  }

  /** Whether it can be asked now. */
  default boolean ready() {
    return missing() == null;
  }

  /**
   * For whoever is going to ask it.
   *
   * @throws ServiceException if it is not ready
   */
  default void checkReady() {
    String missing = missing();
    if (missing != null) {
      throw ServiceException.unready(
          "the model %s is not ready: %s".formatted(name(), missing), RETRY_SECONDS);
    }
  }

  /**
   * Refuses a name that routes cannot have.
   *
   * @throws InvalidInputException if it has other than letters, digits, dots, dashes and
   *     underscores, or does not begin with a letter or digit
   */
  static void checkName(String name) {
    Objects.requireNonNull(name, "name");
    if (!Pattern.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}", name)) {
      throw new InvalidInputException(
          "the name of a model must begin with a letter or digit and have only letters, digits,"
              + " dots, dashes and underscores, got "
              + name);
    }
  }
}
