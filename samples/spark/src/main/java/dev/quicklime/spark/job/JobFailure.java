package dev.quicklime.spark.job;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import org.apache.spark.SparkException;

/** Finds in what Spark says of a failed job why it failed. */
final class JobFailure {

  private JobFailure() {}

  /** The same, or the reason that a task had. */
  static RuntimeException told(RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException || cause instanceof QuicklimeException) {
        return (RuntimeException) cause;
      }
    }
    Throwable last = thrown;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last instanceof SparkException
        ? new IllegalStateException("the job failed on the cluster", last)
        : thrown;
  }
}
