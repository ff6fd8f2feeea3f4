package dev.quicklime.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.Ran;
import dev.quicklime.run.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

  private static final int ROUNDS = 2;
  private static final int MILLIS = 10;

  @TempDir Path folder;

  private Path budgets(String... methods) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String method : methods) {
      text.append(
          """
          [[budget]]
          path = "%s"
          why = "planted"
          benchmark = "PlantedBenchmark.%s"
          yardstick = "PlantedBenchmark.yardstick"
          measured = 1.0
          ratio = 1.0
          tolerance = 0.5
          kernel = true
          machine = "any"
          params = { implementation = "VECTOR" }
          scalar-params = { implementation = "SCALAR" }
          scalar-measured = 1.0
          scalar-ratio = 1.0

          """
              .formatted(method, method));
    }
    return Files.writeString(folder.resolve("planted.toml"), text);
  }

  /** An eighth of the yardstick and a fortieth of the twin are what a healthy path takes. */
  private Path near(Path budgets) throws IOException {
    String text =
        Files.readString(budgets)
            .replace("scalar-measured = 1.0", "scalar-measured = 0.025")
            .replace("scalar-ratio = 1.0", "scalar-ratio = 0.04")
            .replace("\nmeasured = 1.0", "\nmeasured = 0.125")
            .replace("\nratio = 1.0", "\nratio = 0.2")
            .replace("tolerance = 0.5", "tolerance = 0.1");
    return Files.writeString(budgets, text);
  }

  private static List<PathVerdict> verdicts(Path budgets, int rounds)
      throws IOException, InterruptedException {
    StringWriter err = new StringWriter();
    List<PathVerdict> verdicts =
        Guard.of(budgets, _ -> true, rounds, MILLIS)
            .judge(new PrintWriter(err, true), Progress.none())
            .verdicts();
    assertEquals("", err.toString());
    return verdicts;
  }

  @Test
  void shouldObjectToAnAllocationAndToASlowTwin() throws IOException, InterruptedException {
    List<PathVerdict> verdicts = verdicts(budgets("healthy", "allocating", "slow"), ROUNDS);
    assertEquals(Set.of(), verdicts.get(0).faults(), verdicts::toString);
    assertEquals(Set.of(Fault.ALLOCATES), verdicts.get(1).faults(), verdicts::toString);
    assertEquals(1040, verdicts.get(1).bytes(), 8, "1024 bytes and a header");
    assertEquals(
        Set.of(Fault.OVER_BUDGET, Fault.SLOWER_THAN_SCALAR),
        verdicts.get(2).faults(),
        verdicts::toString);
    // What failed was measured in a second JVM, the rest was not.
    assertEquals(
        List.of(Chance.FIRST, Chance.SECOND_JVM, Chance.SECOND_JVM),
        verdicts.stream().map(PathVerdict::chance).toList());
  }

  @Test
  void shouldObjectToTwiceTheTimeOfAPathThatIsFarBelowItsYardstickAndItsTwin()
      throws IOException, InterruptedException {
    List<PathVerdict> verdicts = verdicts(near(budgets("healthy", "twice")), 9);
    assertEquals(Set.of(), verdicts.get(0).faults(), verdicts::toString);
    assertEquals(
        Set.of(Fault.OVER_BUDGET, Fault.OVER_SCALAR_BUDGET),
        verdicts.get(1).faults(),
        verdicts::toString);
  }

  @Test
  void shouldGiveASecondChanceInTheSameJvm() throws IOException, InterruptedException {
    Path budgets =
        Files.writeString(
            folder.resolve("late.toml"),
            """
            [[budget]]
            path = "late"
            why = "planted"
            benchmark = "PlantedLateBenchmark.late"
            yardstick = "PlantedBenchmark.yardstick"
            yardstick-params = { implementation = "VECTOR" }
            measured = 1.0
            ratio = 1.0
            tolerance = 0.5
            kernel = true
            machine = "any"
            """);
    PathVerdict late = verdicts(budgets, ROUNDS).getFirst();
    assertEquals(Set.of(), late.faults(), late::toString);
    assertEquals(Chance.SECOND, late.chance());
  }

  @Test
  void shouldFailAsACommandAndNameWhatIsWrong() throws IOException {
    Ran ran =
        Ran.command(
            "bench",
            "--guard",
            "--quiet",
            "--budgets",
            budgets("healthy", "allocating").toString(),
            "--rounds",
            "2",
            "--round-time",
            "10");
    assertEquals(1, ran.code(), ran::toString);
    assertEquals("", ran.err());
    List<String> lines = ran.out().lines().toList();
    assertTrue(lines.get(2).matches("healthy +yardstick .* ok at first"), lines.get(2));
    assertTrue(
        lines.get(3).matches("allocating +yardstick .*FAILED in a second JVM: allocates"),
        lines.get(3));
    assertTrue(lines.get(4).startsWith("What these did in a first JVM"), lines.get(4));
    assertTrue(
        lines.get(5).matches("allocating +yardstick .*FAILED on its second chance: allocates"),
        lines.get(5));
    assertEquals(
        "1 of 2 paths failed; passed: 1 at first, 0 on its second chance, 0 in a second JVM.",
        lines.getLast());
  }

  @Test
  void shouldPassWhatIsHealthyAndOnlyWhatIsChosen() throws IOException {
    Ran ran =
        Ran.command(
            "bench",
            "--guard",
            "--quiet",
            "--budgets",
            budgets("healthy", "allocating", "slow").toString(),
            "--rounds",
            "2",
            "--round-time",
            "10",
            "^healthy$");
    assertEquals(0, ran.code(), ran::toString);
    assertTrue(ran.out().contains("All 1 paths are as they should be: 1 at first"), ran.out());
    assertFalse(ran.out().contains("allocating"), ran.out());
  }

  @Test
  void shouldTellHowFarItIs() throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    Guard.of(budgets("healthy"), _ -> true, ROUNDS, MILLIS)
        .judge(new PrintWriter(new StringWriter()), (done, total) -> told.add(done + "/" + total));
    // Three benchmarks, twice for the compiler and in each round.
    assertEquals("1/12", told.getFirst());
    assertEquals("12/12", told.getLast());
  }

  @Test
  void shouldShowWhatAFailingBenchmarkSaid() throws IOException {
    Guard guard = Guard.of(budgets("failing"), _ -> true, ROUNDS, MILLIS);
    StringWriter err = new StringWriter();
    IllegalStateException failed =
        assertThrows(
            IllegalStateException.class,
            () -> guard.judge(new PrintWriter(err, true), Progress.none()));
    assertTrue(
        String.valueOf(failed.getMessage()).contains("without a result"), failed.getMessage());
    assertTrue(err.toString().contains("planted to fail"), err.toString());
  }

  @Test
  void shouldNameThePathsWhereNoneIsChosen() throws IOException {
    Path file = budgets("healthy");
    InvalidInputException none =
        assertThrows(
            InvalidInputException.class,
            () -> Guard.of(file, name -> name.equals("nonsense"), ROUNDS, MILLIS));
    assertTrue(String.valueOf(none.getMessage()).contains("[healthy]"), none.getMessage());
  }
}
