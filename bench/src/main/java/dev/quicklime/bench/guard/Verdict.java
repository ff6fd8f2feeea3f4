package dev.quicklime.bench.guard;

import dev.quicklime.bench.jmh.Median;
import dev.quicklime.bench.jmh.Reading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the guard says of one path.
 *
 * @param budget what was allowed
 * @param nanos time of one operation; reported, not judged
 * @param ratio time in times of the yardstick: the median of all rounds, or the fastest round of
 *     the one in times of the fastest of the other where that is less
 * @param least smallest of the rounds
 * @param most largest of the rounds
 * @param toScalar time in times of the scalar twin, the median of all rounds, or null without one
 * @param bytes allocated by one operation, the median of all rounds
 * @param judged whether the ratio counts on this machine
 * @param faults what is wrong
 * @param again whether it was measured a second time, as the first one failed
 */
record Verdict(
    Budget budget,
    double nanos,
    double ratio,
    double least,
    double most,
    @Nullable Double toScalar,
    double bytes,
    boolean judged,
    Set<Fault> faults,
    boolean again) {

  /** Bytes of an operation that are taken for measuring noise. */
  private static final double FREE_BYTES = 8;

  /** Copies the faults. */
  Verdict {
    faults = Set.copyOf(faults);
  }

  boolean passed() {
    return faults.isEmpty();
  }

  static Verdict of(Budget budget, Course course, MachineClass machine) {
    List<Double> ratios = new ArrayList<>();
    List<Double> toScalar = new ArrayList<>();
    for (Round round : course.rounds()) {
      ratios.add(round.subject().nanos() / round.yardstick().nanos());
      Reading scalar = round.scalar();
      if (scalar != null) {
        toScalar.add(round.subject().nanos() / scalar.nanos());
      }
    }
    // Whatever else runs on the machine only adds time: a path is as fast as the better of both
    // says.
    double best = fastest(course, Round::subject) / fastest(course, Round::yardstick);
    double ratio = Math.min(Median.of(ratios), best);
    double bytes = median(course, reading -> reading.bytes());
    @Nullable Double scalar = toScalar.isEmpty() ? null : Double.valueOf(Median.of(toScalar));
    boolean judged = budget.holdsOn(machine);
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    // Written so that a NaN fails.
    if (judged && !(ratio <= budget.ratio() * (1 + budget.tolerance()))) {
      faults.add(Fault.OVER_BUDGET);
    }
    if (budget.kernel() && !(bytes <= FREE_BYTES)) {
      faults.add(Fault.ALLOCATES);
    }
    if (scalar != null && !(scalar <= 1 + budget.tolerance())) {
      faults.add(Fault.SLOWER_THAN_SCALAR);
    }
    return new Verdict(
        budget,
        median(course, reading -> reading.nanos()),
        ratio,
        ratios.stream().mapToDouble(Double::doubleValue).min().orElse(ratio),
        ratios.stream().mapToDouble(Double::doubleValue).max().orElse(ratio),
        scalar,
        bytes,
        judged,
        faults,
        course.again());
  }

  private static double fastest(Course course, Function<Round, Reading> which) {
    // A NaN among them comes through, and fails.
    return course.rounds().stream()
        .map(which)
        .mapToDouble(Reading::nanos)
        .reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  private static double median(Course course, ToDoubleFunction<Reading> what) {
    return Median.of(
        course.rounds().stream().map(Round::subject).mapToDouble(what).boxed().toList());
  }
}
