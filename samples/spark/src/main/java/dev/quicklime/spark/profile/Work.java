package dev.quicklime.spark.profile;

import java.io.Serializable;

/**
 * What a task does.
 *
 * @param <A> what it is told
 * @param <R> what it gives back, which goes to the driver
 */
@FunctionalInterface
interface Work<A, R> extends Serializable {

  /** Does it, in the process of an executor. */
  R of(A told);
}
