package dev.quicklime.bench.guard;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.jmh.Median;
import dev.quicklime.bench.jmh.Reading;
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
 * @param toScalar time in times of the scalar twin, taken as the ratio is, or null without one
 * @param bytes allocated by one operation, the median of all rounds
 * @param judged whether the ratios count on this machine
 * @param faults what is wrong
 * @param chance which of its chances this is from
 */
record PathVerdict(
    Budget budget,
    double nanos,
    double ratio,
    double least,
    double most,
    @Nullable Double toScalar,
    double bytes,
    boolean judged,
    Set<Fault> faults,
    Chance chance) {

  /** Bytes of an operation that are taken for measuring noise. */
  private static final double FREE_BYTES = 8;

  /** Copies the faults. */
  PathVerdict {
    faults = Set.copyOf(faults);
  }

  boolean passed() {
    return faults.isEmpty();
  }

  /** The same, found in a second JVM. */
  PathVerdict inSecondJvm() {
    return new PathVerdict(
        budget, nanos, ratio, least, most, toScalar, bytes, judged, faults, Chance.SECOND_JVM);
  }

  /** Largest time in times of the scalar twin on this machine, or null without one. */
  @Nullable Double scalarLimit() {
    Limit scalar = budget.scalar();
    if (scalar == null) {
      return null;
    }
    return judged ? scalar.ratio() : 1.0;
  }

  static PathVerdict of(Budget budget, Course course, MachineClass machine) {
    List<Round> rounds = course.rounds();
    List<Double> ratios = ratios(rounds, Round::yardstick);
    double ratio = judged(rounds, Round::yardstick);
    double bytes = median(rounds, Reading::bytes);
    Limit twin = budget.scalar();
    @Nullable Double toScalar =
        twin == null
            ? null
            : Double.valueOf(judged(rounds, round -> requireNonNull(round.scalar())));
    boolean judged = budget.holdsOn(machine);
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    double tolerated = 1 + budget.tolerance();
    // Written so that a NaN fails.
    if (judged && !(ratio <= budget.yardstick().ratio() * tolerated)) {
      faults.add(Fault.OVER_BUDGET);
    }
    if (budget.kernel() && !(bytes <= FREE_BYTES)) {
      faults.add(Fault.ALLOCATES);
    }
    Double most = budget.bytes();
    if (most != null && !(bytes <= most * tolerated)) {
      faults.add(Fault.ALLOCATES_MORE);
    }
    if (twin != null && toScalar != null) {
      if (!(toScalar <= tolerated)) {
        faults.add(Fault.SLOWER_THAN_SCALAR);
      } else if (judged && !(toScalar <= twin.ratio() * tolerated)) {
        faults.add(Fault.OVER_SCALAR_BUDGET);
      }
    }
    return new PathVerdict(
        budget,
        median(rounds, Reading::nanos),
        ratio,
        ratios.stream().mapToDouble(Double::doubleValue).min().orElse(ratio),
        ratios.stream().mapToDouble(Double::doubleValue).max().orElse(ratio),
        toScalar,
        bytes,
        judged,
        faults,
        course.again() ? Chance.SECOND : Chance.FIRST);
  }

  private static List<Double> ratios(List<Round> rounds, Function<Round, Reading> other) {
    return rounds.stream()
        .map(round -> round.subject().nanos() / other.apply(round).nanos())
        .toList();
  }

  /**
   * Whatever else runs on the machine only adds time: a path is as fast as the better of the median
   * and of the fastest rounds says.
   */
  private static double judged(List<Round> rounds, Function<Round, Reading> other) {
    double best = fastest(rounds, Round::subject) / fastest(rounds, other);
    return Math.min(Median.of(ratios(rounds, other)), best);
  }

  private static double fastest(List<Round> rounds, Function<Round, Reading> which) {
    // A NaN among them comes through, and fails.
    return rounds.stream()
        .map(which)
        .mapToDouble(Reading::nanos)
        .reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Reading> what) {
    return Median.of(rounds.stream().map(Round::subject).mapToDouble(what).boxed().toList());
  }
}
