package dev.quicklime.spark.executor;

import dev.quicklime.run.Progress;
import org.apache.spark.TaskContext;

/**
 * Ends what a task computes once it is killed: Spark marks a task so, and interrupts its thread
 * only where it was told to.
 */
public final class KilledTask {

  private KilledTask() {}

  /** A progress that nobody hears of, and that ends what this thread's task computes. */
  public static Progress progress() {
    TaskContext task = TaskContext.get();
    return task == null ? Progress.none() : Progress.none().until(task::isInterrupted);
  }
}
