package dev.quicklime.bench.guard;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.jmh.Measured;
import dev.quicklime.bench.jmh.Reading;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PathVerdictTest {

  private static Budget budget(double ratio, double tolerance, boolean kernel) {
    return budget(ratio, 1, tolerance, kernel);
  }

  private static Budget budget(double ratio, double scalarRatio, double tolerance, boolean kernel) {
    return new Budget(
        "path",
        new Measured("subject", new TreeMap<>()),
        new Limit(new Measured("yardstick", new TreeMap<>()), ratio),
        new Limit(new Measured("scalar", new TreeMap<>()), scalarRatio),
        tolerance,
        kernel,
        null,
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
    return PathVerdict.of(budget, course, MachineClass.AVX512).faults();
  }

  @Test
  void shouldTakeTheMedianOfTheRoundsOrTheirBestTimesWhicheverIsLess() {
    PathVerdict verdict =
        PathVerdict.of(
            budget(1, 0, true), course(0, 500, 90, 95, 900, 80, 99), MachineClass.AVX512);
    assertEquals(0.9, verdict.ratio(), 1e-12);
    assertEquals(0.8, verdict.least(), 1e-12);
    assertEquals(9, verdict.most(), 1e-12);
    assertEquals(0.18, requireNonNull(verdict.toScalar()), 1e-12);
    assertTrue(verdict.passed(), verdict::toString);
    // 110 ns at best where the yardstick takes 100, but 60 and 70 hundredths of it in other rounds.
    PathVerdict median =
        PathVerdict.of(budget(1, 0, true), course(0, 500, 110, 60, 70), MachineClass.AVX512);
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
  void shouldObjectToMoreThanTheBudgetOfBytesAnywhere() {
    Budget free = budget(1, 0.1, false);
    Budget budget =
        new Budget(
            free.path(),
            free.subject(),
            free.yardstick(),
            free.scalar(),
            free.tolerance(),
            free.kernel(),
            1000.0,
            free.machines());
    assertEquals(Set.of(), faults(budget, course(1100, 500, 50)));
    assertEquals(Set.of(Fault.ALLOCATES_MORE), faults(budget, course(1101, 500, 50)));
    assertEquals(Set.of(Fault.ALLOCATES_MORE), faults(budget, course(Double.NaN, 500, 50)));
    assertEquals(
        Set.of(Fault.ALLOCATES_MORE),
        PathVerdict.of(budget, course(1101, 500, 50), MachineClass.ARM).faults());
  }

  @Test
  void shouldObjectToAVectorFormThatIsSlowerThanTheScalarOne() {
    assertEquals(Set.of(), faults(budget(1, 0.1, true), course(0, 46, 50)));
    assertEquals(Set.of(Fault.SLOWER_THAN_SCALAR), faults(budget(1, 0.1, true), course(0, 45, 50)));
  }

  @Test
  void shouldObjectToAVectorFormThatWinsLessThanItDid() {
    Budget budget = budget(1, 0.1, 0.1, true);
    assertEquals(Set.of(), faults(budget, course(0, 500, 54)));
    assertEquals(Set.of(Fault.OVER_SCALAR_BUDGET), faults(budget, course(0, 500, 56)));
    // Only where its budget was measured; not slower is asked for everywhere.
    PathVerdict elsewhere = PathVerdict.of(budget, course(0, 500, 56), MachineClass.AVX2);
    assertEquals(Set.of(), elsewhere.faults());
    assertEquals(1.0, elsewhere.scalarLimit());
    assertEquals(
        0.1, PathVerdict.of(budget, course(0, 500, 56), MachineClass.AVX512).scalarLimit());
  }

  @Test
  void shouldObjectToTwiceTheTimeUnderABudgetNearWhatWasMeasured() {
    Budget masks = budget(1.6 * 0.00157, 1.6 * 0.151, 0.1, true);
    double nanos = 0.157;
    double scalar = nanos / 0.151;
    assertEquals(Set.of(), faults(masks, course(0, scalar, nanos)));
    assertEquals(
        Set.of(Fault.OVER_BUDGET, Fault.OVER_SCALAR_BUDGET),
        faults(masks, course(0, scalar, 2 * nanos)));
  }

  @Test
  void shouldSayOnWhichChanceAPathPassed() {
    Budget budget = budget(1, 0.1, true);
    Course good = course(0, 500, 50);
    Course bad = course(4096, 500, 50);
    PathVerdict first = PathVerdict.of(budget, good, MachineClass.AVX512);
    PathVerdict second =
        PathVerdict.of(budget, new Course(good.rounds(), true), MachineClass.AVX512);
    PathVerdict failed =
        PathVerdict.of(budget, new Course(bad.rounds(), true), MachineClass.AVX512);
    assertEquals(
        List.of("ok at first", "ok on its second chance", "ok in a second JVM"),
        verdictColumn(printed(List.of(first, second, first.inSecondJvm()), List.of(failed)), 2, 5));
    List<String> passed =
        printed(List.of(first, second, second, first.inSecondJvm()), List.of(failed));
    assertTrue(
        passed.get(7).endsWith("  FAILED on its second chance: allocates"), passed::toString);
    assertEquals(
        "All 4 paths are as they should be: 1 at first, 2 on its second chance, 1 in a second JVM.",
        passed.getLast());
    List<String> some = printed(List.of(first, failed.inSecondJvm()), List.of(failed));
    assertTrue(some.get(3).endsWith("  FAILED in a second JVM: allocates"), some::toString);
    assertEquals(
        "1 of 2 paths failed; passed: 1 at first, 0 on its second chance, 0 in a second JVM.",
        some.getLast());
  }

  private static List<String> printed(List<PathVerdict> verdicts, List<PathVerdict> first) {
    StringWriter text = new StringWriter();
    new Judgement("machine", verdicts, first).print(new PrintWriter(text));
    return text.toString().lines().toList();
  }

  private static List<String> verdictColumn(List<String> lines, int from, int to) {
    return lines.subList(from, to).stream()
        .map(line -> line.substring(line.lastIndexOf("  ") + 2))
        .toList();
  }

  @Test
  void shouldNotJudgeTheRatioOfAnotherClassOfMachineButAllElse() {
    PathVerdict verdict =
        PathVerdict.of(budget(1, 0, true), course(4096, 100, 5000), MachineClass.AVX2);
    assertFalse(verdict.judged());
    assertEquals(Set.of(Fault.ALLOCATES, Fault.SLOWER_THAN_SCALAR), verdict.faults());
    assertTrue(
        GuardTable.lines(List.of(verdict)).getLast().contains("ratios not judged, only on avx512"),
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
