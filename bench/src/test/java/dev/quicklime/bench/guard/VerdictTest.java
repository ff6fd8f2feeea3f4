package dev.quicklime.bench.guard;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.jmh.Measured;
import dev.quicklime.bench.jmh.Reading;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static Budget budget(double ratio, double tolerance, boolean kernel) {
    return new Budget(
        "path",
        new Measured("subject", new TreeMap<>()),
        new Measured("yardstick", new TreeMap<>()),
        new Measured("scalar", new TreeMap<>()),
        ratio,
        tolerance,
        kernel,
        Set.of(MachineClass.AVX512));
  }

  /** Rounds in each of which the yardstick took as many nanoseconds. */
  private static Course course(double bytes, double scalar, double... nanos) {
    return new Course(
        IntStream.range(0, nanos.length)
            .mapToObj(
                i ->
                    new Round(
                        new Reading(nanos[i] * (i + 1), bytes),
                        new Reading(100.0 * (i + 1), 0),
                        new Reading(scalar * (i + 1), 0)))
            .toList(),
        false);
  }

  private static Set<Fault> faults(Budget budget, Course course) {
    return Verdict.of(budget, course, MachineClass.AVX512).faults();
  }

  @Test
  void shouldTakeTheMedianOfTheRoundsOrTheirBestTimesWhicheverIsLess() {
    Verdict verdict =
        Verdict.of(budget(1, 0, true), course(0, 500, 90, 95, 900, 80, 99), MachineClass.AVX512);
    assertEquals(0.9, verdict.ratio(), 1e-12);
    assertEquals(0.8, verdict.least(), 1e-12);
    assertEquals(9, verdict.most(), 1e-12);
    assertEquals(0.19, requireNonNull(verdict.toScalar()), 1e-12);
    assertTrue(verdict.passed(), verdict::toString);
    // 110 ns at best where the yardstick takes 100, but 60 and 70 hundredths of it in other rounds.
    Verdict median =
        Verdict.of(budget(1, 0, true), course(0, 500, 110, 60, 70), MachineClass.AVX512);
    assertEquals(0.7, median.ratio(), 1e-12);
    assertTrue(median.passed(), median::toString);
  }

  @Test
  void shouldAllowTheToleranceAndNoMore() {
    assertEquals(Set.of(), faults(budget(1, 0.1, true), course(0, 500, 109)));
    assertEquals(Set.of(Fault.OVER_BUDGET), faults(budget(1, 0.1, true), course(0, 500, 111)));
  }

  @Test
  void shouldObjectToMoreThanEightBytesInAKernelOnly() {
    assertEquals(Set.of(), faults(budget(1, 0, true), course(8, 500, 50)));
    assertEquals(Set.of(Fault.ALLOCATES), faults(budget(1, 0, true), course(8.1, 500, 50)));
    assertEquals(Set.of(), faults(budget(1, 0, false), course(1e6, 500, 50)));
  }

  @Test
  void shouldObjectToAVectorFormThatIsSlowerThanTheScalarOne() {
    assertEquals(Set.of(), faults(budget(1, 0.1, true), course(0, 46, 50)));
    assertEquals(Set.of(Fault.SLOWER_THAN_SCALAR), faults(budget(1, 0.1, true), course(0, 45, 50)));
  }

  @Test
  void shouldNotJudgeTheRatioOfAnotherClassOfMachineButAllElse() {
    Verdict verdict = Verdict.of(budget(1, 0, true), course(4096, 100, 5000), MachineClass.AVX2);
    assertFalse(verdict.judged());
    assertEquals(Set.of(Fault.ALLOCATES, Fault.SLOWER_THAN_SCALAR), verdict.faults());
    assertTrue(
        GuardTable.lines(List.of(verdict)).getLast().contains("ratio not judged, only on avx512"),
        GuardTable.lines(List.of(verdict))::toString);
  }

  @Test
  void shouldFailWhatIsNotANumber() {
    assertEquals(
        Set.of(Fault.OVER_BUDGET, Fault.ALLOCATES, Fault.SLOWER_THAN_SCALAR),
        faults(budget(1, 0, true), course(Double.NaN, 500, Double.NaN)));
  }

  @Test
  void shouldKnowMachinesByTheirVectors() {
    assertEquals(MachineClass.AVX512, MachineClass.of("amd64", 512));
    assertEquals(MachineClass.AVX2, MachineClass.of("x86_64", 256));
    assertEquals(MachineClass.ARM, MachineClass.of("aarch64", 128));
    assertEquals(MachineClass.SCALAR, MachineClass.of("amd64", 0));
    assertEquals(MachineClass.OTHER, MachineClass.of("riscv64", 128));
  }
}
