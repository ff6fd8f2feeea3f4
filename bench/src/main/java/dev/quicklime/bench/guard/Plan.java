package dev.quicklime.bench.guard;

import java.util.List;

/**
 * What the guarded JVM is to do.
 *
 * @param budgets the paths
 * @param rounds how often each is measured, ≥ 1
 * @param iterationMillis how long each iteration lasts, ≥ 1
 */
record Plan(List<Budget> budgets, int rounds, int iterationMillis) {

  /** Checks the numbers. */
  Plan {
    budgets = List.copyOf(budgets);
    if (rounds < 1 || rounds > 1000) {
      throw new IllegalArgumentException("rounds must be between 1 and 1000, got " + rounds);
    }
    if (iterationMillis < 1 || iterationMillis > 60_000) {
      throw new IllegalArgumentException(
          "milliseconds of an iteration must be between 1 and 60000, got " + iterationMillis);
    }
  }
}
