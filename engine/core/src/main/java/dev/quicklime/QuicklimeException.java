package dev.quicklime;

import org.jspecify.annotations.Nullable;

/**
 * What native code or a file did wrong, as opposed to what the caller asked for: a model that
 * throws or returns NaN, a library that will not load. The message names the thing, the rule and
 * what was got.
 */
public final class QuicklimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception from a message of one line. */
  public QuicklimeException(String message) {
    super(message);
  }

  /** Creates the exception from a message of one line and what caused it. */
  public QuicklimeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
