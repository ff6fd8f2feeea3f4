package dev.quicklime;

/**
 * What native code or a file did that the caller's input does not explain; the message says so in
 * one line.
 */
public final class QuicklimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QuicklimeException(String message) {
    super(message);
  }

  public QuicklimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
