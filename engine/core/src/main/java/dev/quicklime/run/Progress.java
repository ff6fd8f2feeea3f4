package dev.quicklime.run;

/** Hears of an explanation's progress, on the thread that explains. */
@FunctionalInterface
public interface Progress {

  /**
   * Some samples were scored.
   *
   * @param done samples scored so far, the original included
   * @param total samples in all
   */
  void scored(long done, long total);

  /**
   * An explanation with a stop rule looked at the fit to its samples so far. Does nothing unless it
   * is overridden.
   *
   * @param standardError largest standard error over all coefficients of all classes, each relative
   *     to the range of its class's coefficients; infinite while there are too few samples for one
   */
  default void judged(double standardError) {
    // Most want to know of samples alone.
  }

  /** A progress that nobody hears of. */
  static Progress none() {
    return (done, total) -> {};
  }
}
