package dev.quicklime.bench.guard;

import dev.quicklime.Environment;
import dev.quicklime.bench.jmh.Laboratory;
import dev.quicklime.bench.jmh.Measured;
import dev.quicklime.bench.jmh.Reading;
import dev.quicklime.run.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures all paths in this JVM. First everything runs, twice and in both orders, so that the
 * compiler has seen all callers of a kernel before any of it counts: what a kernel costs may depend
 * on what was compiled before it. Then the members of a path are measured next to each other, in
 * rounds: a machine that is busy for a while is so for all of them.
 */
final class Session {

  private static final Measured IDLE =
      new Measured(IdleBenchmark.class.getName() + ".idle", new TreeMap<>());

  private static final int WARM_UP_ITERATIONS = 4;
  private static final int ITERATIONS = 3;

  /** A second attempt has so many times the rounds of the first one. */
  private static final int MORE = 3;

  private final Plan plan;
  private final MachineClass machine;
  private final Progress progress;
  private final Laboratory laboratory = new Laboratory();
  private final Duration each;
  private long done;
  private long total;

  /**
   * Prepares a session.
   *
   * @param progress is told how many trials are done, and of how many
   */
  Session(Plan plan, MachineClass machine, Progress progress) {
    this.plan = plan;
    this.machine = machine;
    this.progress = progress;
    this.each = Duration.ofMillis(plan.iterationMillis());
  }

  List<Course> run() {
    total = 2L * plan.warmUp().size();
    plan.budgets().forEach(budget -> total += trials(budget, plan.rounds()));
    warmUp(new ArrayList<>(plan.warmUp()));
    List<Course> courses = new ArrayList<>();
    List<List<Round>> rounds = new ArrayList<>();
    plan.budgets().forEach(_ -> rounds.add(new ArrayList<>()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < plan.budgets().size(); i++) {
        rounds.get(i).add(round(plan.budgets().get(i), round % 2 == 1));
      }
    }
    for (int i = 0; i < plan.budgets().size(); i++) {
      courses.add(confirmed(plan.budgets().get(i), new Course(rounds.get(i), false)));
    }
    return courses;
  }

  private static long trials(Budget budget, int rounds) {
    return (long) rounds * budget.measured().size();
  }

  private void warmUp(List<Measured> all) {
    // As every process does that explains something.
    Environment.warmUpKernels();
    laboratory.calibrate(IDLE);
    for (int pass = 0; pass < 2; pass++) {
      for (Measured what : all) {
        laboratory.measure(what, 0, WARM_UP_ITERATIONS, each);
        tick();
      }
      Collections.reverse(all);
    }
  }

  private Round round(Budget budget, boolean yardstickFirst) {
    Reading yardstick = yardstickFirst ? measure(budget.yardstick().other()) : null;
    Reading subject = measure(budget.subject());
    @Nullable Limit twin = budget.scalar();
    @Nullable Reading scalar = twin == null ? null : measure(twin.other());
    return new Round(
        subject, yardstick == null ? measure(budget.yardstick().other()) : yardstick, scalar);
  }

  private Reading measure(Measured what) {
    Reading reading = laboratory.measure(what, 1, ITERATIONS, each);
    tick();
    return reading;
  }

  /** Machines have bad moments: what failed is measured longer before it is called a failure. */
  private Course confirmed(Budget budget, Course first) {
    if (PathVerdict.of(budget, first, machine).passed()) {
      return first;
    }
    int more = MORE * plan.rounds();
    total += trials(budget, more);
    List<Round> rounds = new ArrayList<>();
    for (int round = 0; round < more; round++) {
      rounds.add(round(budget, round % 2 == 1));
    }
    return new Course(rounds, true);
  }

  private void tick() {
    done++;
    progress.scored(done, total);
  }
}
