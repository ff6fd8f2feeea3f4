package dev.quicklime.bench.guard;

import dev.quicklime.bench.jmh.Measured;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a path may cost.
 *
 * @param path what people call it
 * @param subject the benchmark that is judged
 * @param yardstick what it is measured against
 * @param scalar its scalar twin, or null where it has none
 * @param ratio largest time in times of the yardstick, &gt; 0
 * @param tolerance by how much more of itself it may be exceeded, ≥ 0
 * @param kernel whether it must not allocate
 * @param machines where the ratio is judged; empty is everywhere
 */
record Budget(
    String path,
    Measured subject,
    Measured yardstick,
    @Nullable Measured scalar,
    double ratio,
    double tolerance,
    boolean kernel,
    Set<MachineClass> machines) {

  /** Copies the machines. */
  Budget {
    machines = Set.copyOf(machines);
  }

  /** Whether the ratio means something on a machine. */
  boolean holdsOn(MachineClass machine) {
    return machines.isEmpty() || machines.contains(machine);
  }

  /** All that has to be measured for it. */
  List<Measured> measured() {
    return Stream.of(subject, yardstick, scalar).filter(each -> each != null).toList();
  }
}
