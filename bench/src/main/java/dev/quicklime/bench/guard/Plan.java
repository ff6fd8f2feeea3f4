package dev.quicklime.bench.guard;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.jmh.Measured;
import java.util.List;

/**
 * What the guarded JVM is to do.
 *
 * @param warmUp what the compiler sees before anything counts
 * @param budgets the paths
 * @param rounds how often each is measured, ≥ 1
 * @param iterationMillis how long each iteration lasts, ≥ 1
 */
record Plan(List<Measured> warmUp, List<Budget> budgets, int rounds, int iterationMillis) {

  /** Checks the numbers. */
  Plan {
    warmUp = List.copyOf(warmUp);
    budgets = List.copyOf(budgets);
    if (rounds < 1 || rounds > 1000) {
      throw new InvalidInputException("rounds must be between 1 and 1000, got " + rounds);
    }
    if (iterationMillis < 1 || iterationMillis > 60_000) {
      throw new InvalidInputException(
          "milliseconds of an iteration must be between 1 and 60000, got " + iterationMillis);
    }
  }

  /** The same for some of its paths. */
  Plan only(List<Budget> some) {
    return new Plan(warmUp, some, rounds, iterationMillis);
  }

  /** Judges some of all budgets, after having run all of them. */
  static Plan of(List<Budget> all, List<Budget> judged, int rounds, int iterationMillis) {
    return new Plan(
        all.stream().flatMap(budget -> budget.measured().stream()).distinct().toList(),
        judged,
        rounds,
        iterationMillis);
  }
}
