package dev.quicklime.bench.guard;

import java.util.List;

/**
 * What the guarded JVM found.
 *
 * @param machine its class
 * @param description what ran, for people
 * @param courses one for each budget
 */
record Findings(MachineClass machine, String description, List<Course> courses) {

  /** Copies the courses. */
  Findings {
    courses = List.copyOf(courses);
  }

  /** Judges every path. */
  List<PathVerdict> verdicts(List<Budget> budgets) {
    return java.util.stream.IntStream.range(0, budgets.size())
        .mapToObj(i -> PathVerdict.of(budgets.get(i), courses.get(i), machine))
        .toList();
  }
}
