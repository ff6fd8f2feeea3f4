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
 * @param yardstick how long it may take beside its yardstick
 * @param scalar how long beside its scalar twin, or null where it has none
 * @param tolerance by how much more of itself a ratio may be exceeded, ≥ 0
 * @param kernel whether it must not allocate
 * @param bytes most that an operation may allocate, or null where that is not judged
 * @param machines where the ratios are judged; empty is everywhere
 */
record Budget(
    String path,
    Measured subject,
    Limit yardstick,
    @Nullable Limit scalar,
    double tolerance,
    boolean kernel,
    @Nullable Double bytes,
    Set<MachineClass> machines) {

  /** Copies the machines. */
  Budget {
    machines = Set.copyOf(machines);
  }

  /** Whether the ratios mean something on a machine. */
  boolean holdsOn(MachineClass machine) {
    return machines.isEmpty() || machines.contains(machine);
  }

  /** All that has to be measured for it. */
  List<Measured> measured() {
    Stream<Measured> both = Stream.of(subject, yardstick.other());
    return Stream.concat(both, Stream.ofNullable(scalar).map(Limit::other)).toList();
  }
}
