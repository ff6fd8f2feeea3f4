package dev.quicklime.spark.job;

import org.jspecify.annotations.Nullable;

/**
 * How work is divided. Each task writes a file of its own, so that tasks should not be small; but
 * with few of them some cores would wait for the last.
 *
 * @param cores that work at once
 * @param perTask pictures of a task at most
 * @param commit pictures whose results are added at a time
 */
record Portions(int cores, int perTask, int commit) {

  private static final int LEAST_COMMIT = 1000;
  private static final int COMMIT_PER_CORE = 64;
  private static final int TASKS_PER_CORE = 4;

  /** With what was asked for, or what is usual where nothing was. */
  static Portions of(int cores, int perTask, @Nullable Integer commit) {
    int usual = Math.max(LEAST_COMMIT, Math.multiplyExact(COMMIT_PER_CORE, cores));
    return new Portions(cores, perTask, commit == null ? usual : commit);
  }

  /** How many tasks some pictures make. */
  int tasks(int pictures) {
    int least = (pictures + perTask - 1) / perTask;
    return Math.max(least, Math.min(pictures, TASKS_PER_CORE * cores));
  }
}
