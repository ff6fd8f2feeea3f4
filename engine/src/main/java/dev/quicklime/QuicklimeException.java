package dev.quicklime;

import java.io.Serial;

/**
 * Native code or a model file failed. The message names what failed and the remedy; wrong arguments
 * are {@link IllegalArgumentException}s instead.
 */
public final class QuicklimeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A failure that Quicklime found by itself. */
  public QuicklimeException(String message) {
    super(message);
  }

  /** A failure that native code or the JVM reported as {@code cause}. */
  public QuicklimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
