package dev.quicklime.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
          ratio = 1.0
          tolerance = 0.5
          kernel = true
          machine = "any"
          params = { implementation = "VECTOR" }
          scalar-params = { implementation = "SCALAR" }

          """
              .formatted(method, method));
    }
    return Files.writeString(folder.resolve("planted.toml"), text);
  }

  private List<Verdict> verdicts(String... methods) throws IOException, InterruptedException {
    StringWriter err = new StringWriter();
    List<Verdict> verdicts =
        Guard.of(budgets(methods), _ -> true, ROUNDS, MILLIS)
            .judge(new PrintWriter(err, true), Progress.none())
            .verdicts();
    assertEquals("", err.toString());
    return verdicts;
  }

  @Test
  void shouldObjectToAnAllocationAndToASlowTwin() throws IOException, InterruptedException {
    List<Verdict> verdicts = verdicts("healthy", "allocating", "slow");
    assertEquals(Set.of(), verdicts.get(0).faults(), verdicts::toString);
    assertEquals(Set.of(Fault.ALLOCATES), verdicts.get(1).faults(), verdicts::toString);
    assertEquals(1040, verdicts.get(1).bytes(), 8, "1024 bytes and a header");
    assertEquals(
        Set.of(Fault.OVER_BUDGET, Fault.SLOWER_THAN_SCALAR),
        verdicts.get(2).faults(),
        verdicts::toString);
    // What failed was measured longer, the rest was not.
    assertEquals(List.of(false, true, true), verdicts.stream().map(Verdict::again).toList());
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
    assertTrue(lines.get(2).matches("healthy +yardstick .* ok"), lines.get(2));
    assertTrue(
        lines.get(3).matches("allocating +yardstick .*FAILED: allocates; measured again"),
        lines.get(3));
    assertEquals("1 of 2 paths failed.", lines.get(4));
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
    assertTrue(ran.out().contains("All 1 paths are as they should be."), ran.out());
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
    IllegalArgumentException none =
        assertThrows(
            IllegalArgumentException.class,
            () -> Guard.of(file, name -> name.equals("nonsense"), ROUNDS, MILLIS));
    assertTrue(String.valueOf(none.getMessage()).contains("[healthy]"), none.getMessage());
  }
}
