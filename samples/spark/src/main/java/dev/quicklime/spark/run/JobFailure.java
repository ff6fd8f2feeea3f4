package dev.quicklime.spark.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.util.concurrent.CancellationException;

/** Finds in what Spark says of a failed job why one of its tasks failed. */
public final class JobFailure {

  private JobFailure() {}

  /**
   * What a job failed by, in the words of the task.
   *
   * @param thrown by Spark, whose methods throw checked exceptions without declaring them
   */
  public static RuntimeException told(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof InterruptedException) {
        CancellationException cancelled = new CancellationException("interrupted");
        cancelled.initCause(thrown);
        return cancelled;
      }
      if (cause instanceof InvalidInputException) {
        return new InvalidInputException(said, thrown);
      }
      if (cause instanceof QuicklimeException) {
        return new QuicklimeException(said, thrown);
      }
    }
    return thrown instanceof RuntimeException unexpected
        ? unexpected
        : new IllegalStateException("a job of Spark failed", thrown);
  }
}
