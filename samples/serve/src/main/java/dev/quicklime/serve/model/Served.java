package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.ServiceException;
import java.util.Objects;
import java.util.regex.Pattern;

/** A model that is served, of pictures or of rows of a table. */
public sealed interface Served permits ServedModel, ServedTable {

  /** What routes call it. */
  String name();

  /** Whether it can be asked now. */
  boolean ready();

  /**
   * The same, for whoever is going to ask it.
   *
   * @throws ServiceException if it is not ready
   */
  Served asked();

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
