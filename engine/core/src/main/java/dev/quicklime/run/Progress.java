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

  /** A progress that nobody hears of. */
  static Progress none() {
    return (done, total) -> {};
  }
}
