package dev.quicklime.report.figure;

/** Which weights figures and tables show. The fit knows nothing of it. */
public enum Show {
  /** Weights of both signs. */
  BOTH,
  /** Those above 0. */
  POSITIVE,
  /** Those below 0. */
  NEGATIVE;

  /** Whether a weight is shown; one of 0 never is. */
  boolean admits(double weight) {
    return switch (this) {
      case BOTH -> weight != 0;
      case POSITIVE -> weight > 0;
      case NEGATIVE -> weight < 0;
    };
  }

  /** The least value that a key to colours up to a limit has. */
  public double low(double limit) {
    return this == POSITIVE ? 0 : -limit;
  }

  /** The largest value that a key to colours up to a limit has. */
  public double high(double limit) {
    return this == NEGATIVE ? 0 : limit;
  }
}
