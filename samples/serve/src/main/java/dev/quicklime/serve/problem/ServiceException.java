package dev.quicklime.serve.problem;

import java.util.Objects;

/** A request that is refused or given up; the message is one line for whoever sent it. */
public final class ServiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int retrySeconds;

  private ServiceException(Problem problem, String message, int retrySeconds) {
    super(Objects.requireNonNull(message, "message"));
    this.problem = Objects.requireNonNull(problem, "problem");
    this.retrySeconds = retrySeconds;
  }

  /** A problem that trying again does not mend, or not at a known time. */
  public static ServiceException of(Problem problem, String message) {
    return new ServiceException(problem, message, 0);
  }

  /** The same, for what another exception tells. */
  public static ServiceException of(Problem problem, String message, Throwable cause) {
    ServiceException e = new ServiceException(problem, message, 0);
    e.initCause(cause);
    return e;
  }

  /**
   * Too much work at once.
   *
   * @param retrySeconds when there may be room again, ≥ 1
   */
  public static ServiceException busy(String message, int retrySeconds) {
    return new ServiceException(Problem.BUSY, message, retrySeconds);
  }

  /**
   * A model that is not there yet.
   *
   * @param retrySeconds when it may be, ≥ 1
   */
  public static ServiceException unready(String message, int retrySeconds) {
    return new ServiceException(Problem.UNREADY, message, retrySeconds);
  }

  /** What kind of problem it is. */
  public Problem problem() {
    return problem;
  }

  /** After how many seconds the same request may be taken; 0 where nobody knows. */
  public int retrySeconds() {
    return retrySeconds;
  }
}
