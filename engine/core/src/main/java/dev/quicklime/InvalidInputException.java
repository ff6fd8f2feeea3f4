package dev.quicklime;

import org.jspecify.annotations.Nullable;

/**
 * What a caller handed over, or what a file holds, is not what it must be. The message says what is
 * wrong, the rule and what was got, and nothing has been changed. Whoever asks a person for input
 * shows the message; any other {@link IllegalArgumentException} is a mistake in the program.
 */
public class InvalidInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** With what is wrong, the rule and what was got. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** The same, with what it follows from. */
  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
