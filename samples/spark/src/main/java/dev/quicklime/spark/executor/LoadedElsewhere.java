package dev.quicklime.spark.executor;

import dev.quicklime.QuicklimeException;

/**
 * Says what to do where native code belongs to another class loader of the process: a JVM gives a
 * native library to the first that loads it, and jars that are added while Spark runs are seen by
 * loaders of their own.
 */
final class LoadedElsewhere {

  private LoadedElsewhere() {}

  /** The same, or in words of what to do. */
  static QuicklimeException told(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof UnsatisfiedLinkError && said.contains("already loaded in another")) {
        return new QuicklimeException(
            "native code must be loaded by one class loader of a process, and another one has it"
                + " already: start Spark with Quicklime's jars, by spark.driver.extraClassPath and"
                + " spark.executor.extraClassPath, instead of adding them while it runs",
            thrown);
      }
    }
    return thrown instanceof QuicklimeException known
        ? known
        : new QuicklimeException("native code cannot be loaded: " + thrown, thrown);
  }
}
