package dev.quicklime.run;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

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

  /**
   * The same, that ends the explanation once a token says so: for threads that nobody may interrupt
   * or whose interruption means something else, as those of a cluster's tasks. The token is asked
   * after each batch, and after each look of a stop rule; the explanation then ends with a {@link
   * CancellationException}, as it does when its thread is interrupted, and gives everything back.
   *
   * @param cancelled whether to end; asked on the thread that explains
   */
  default Progress until(BooleanSupplier cancelled) {
    Objects.requireNonNull(cancelled, "cancelled");
    return new UntilCancelled(this, cancelled);
  }

  /** A progress that nobody hears of. */
  static Progress none() {
    return (done, total) -> {};
  }
}
