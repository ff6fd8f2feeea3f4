package dev.quicklime.serve.problem;

/** Why a request has no answer but an error. */
public enum Problem {
  /** Something in the request is wrong, and its sender can mend it. */
  INVALID(400),
  /** The token is missing or wrong. */
  UNAUTHORIZED(401),
  /** There is no such model or route. */
  UNKNOWN(404),
  /** The route takes another method. */
  METHOD(405),
  /** The request did not arrive in time. */
  SLOW(408),
  /** The body is larger than is taken. */
  TOO_LARGE(413),
  /** Too many requests wait already. */
  BUSY(429),
  /** The model failed, or there is a bug. */
  FAILED(500),
  /** The predictor failed that a model elsewhere is asked by. */
  PREDICTOR(502),
  /** The service is ending. */
  STOPPING(503),
  /** The model is not there yet. */
  UNREADY(503),
  /** The answer was not ready by the request's deadline, or a predictor's by its own. */
  LATE(504);

  private final int status;

  Problem(int status) {
    this.status = status;
  }

  /** The status of HTTP that says so. */
  public int status() {
    return status;
  }
}
