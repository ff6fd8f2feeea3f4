package dev.quicklime.bench.guard;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.jmh.Catalogue;
import dev.quicklime.bench.jmh.Known;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetFileTest {

  private static final String GOOD =
      """
      # a comment
      [[budget]]
      path = "add"
      why = "it should"
      benchmark = "Sum.add"
      yardstick = "Copy.copy"
      measured = 0.8
      ratio = 1.2
      tolerance = 0.1
      kernel = true
      machine = ["avx512", "avx2"]
      params = { implementation = "VECTOR", size = [8, 64], type = ["BYTE", "INT"] }
      scalar-params = { implementation = "SCALAR" }
      scalar-measured = 0.02
      scalar-ratio = 0.03
      yardstick-params = { order = "UP" }
      """;

  private static final Catalogue CATALOGUE = catalogue();

  private static Catalogue catalogue() {
    TreeMap<String, Known> all = new TreeMap<>();
    List<String> sizes = List.of("8", "64");
    all.put(
        "a.Sum.add",
        new Known(
            "a.Sum.add",
            Map.of(
                "implementation",
                List.of("SCALAR", "VECTOR"),
                "size",
                sizes,
                "type",
                List.of("BYTE", "INT")),
            false));
    all.put(
        "b.Copy.copy",
        new Known("b.Copy.copy", Map.of("size", sizes, "order", List.of("UP", "DOWN")), false));
    all.put("b.Own.jvm", new Known("b.Own.jvm", Map.of("size", sizes), true));
    return new Catalogue(all);
  }

  private static List<Budget> parse(String text) {
    return BudgetFile.parse(text, "b.toml", CATALOGUE);
  }

  @Test
  void shouldMakeABudgetForEachCombination() {
    List<Budget> budgets = parse(GOOD);
    assertEquals(
        List.of("add, size 8, byte", "add, size 8, int", "add, size 64, byte", "add, size 64, int"),
        budgets.stream().map(Budget::path).toList());
    Budget last = budgets.getLast();
    assertEquals("a.Sum.add", last.subject().benchmark());
    assertEquals(
        Map.of("implementation", "VECTOR", "size", "64", "type", "INT"), last.subject().params());
    assertEquals("b.Copy.copy", last.yardstick().other().benchmark());
    assertEquals(Map.of("size", "64", "order", "UP"), last.yardstick().other().params());
    assertEquals(
        new Limit(last.subject().with(Map.of("implementation", "SCALAR")), 0.03), last.scalar());
    assertEquals(Set.of(MachineClass.AVX512, MachineClass.AVX2), last.machines());
    assertEquals(1.2, last.yardstick().ratio());
    assertEquals(0.1, last.tolerance());
  }

  @Test
  void shouldJudgeEverywhereOnAnyMachineAndHaveNoTwinWithoutParams() {
    Budget budget =
        parse(GOOD.replace("[\"avx512\", \"avx2\"]", "\"any\"").replaceAll("scalar-.*\n", ""))
            .getFirst();
    assertEquals(true, budget.holdsOn(MachineClass.ARM));
    assertNull(budget.scalar());
  }

  private static String refused(String text) {
    return String.valueOf(
        assertThrows(InvalidInputException.class, () -> parse(text)).getMessage());
  }

  @Test
  void shouldTakeABudgetOfBytesNearWhatWasMeasuredForPathsThatMayAllocate() {
    String free = GOOD.replace("kernel = true", "kernel = false");
    assertEquals(
        "b.toml, budget 1 (add): a budget of bytes needs all of [bytes, bytes-measured], got"
            + " [bytes]",
        refused(free + "bytes = 900\n"));
    assertEquals(
        "b.toml, budget 1 (add): bytes must be at most 1.6 times bytes-measured, 800, got 900",
        refused(free + "bytes = 900\nbytes-measured = 500\n"));
    assertEquals(
        "b.toml, budget 1 (add): bytes is for paths that may allocate, and kernel = true says that"
            + " this one must not",
        refused(GOOD + "bytes = 600\nbytes-measured = 500\n"));
  }

  @Test
  void shouldReadHowMuchMayBeAllocated() {
    Budget budget =
        parse(GOOD.replace("kernel = true", "kernel = false\nbytes = 800\nbytes-measured = 500"))
            .getFirst();
    assertEquals(800.0, budget.bytes());
    assertNull(parse(GOOD).getFirst().bytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"Sum.add\" | \"Sum.ad\" | there is no benchmark Sum.ad",
        "\"Copy.copy\" | \"Own.jvm\" | b.Own.jvm wants JVM options of its own, and the guard"
            + " measures all in one JVM",
        "size = [8, 64] | size = 7 | size of a.Sum.add must be of [8, 64], got [7]",
        "size = [8, 64] | size = [] | size of a.Sum.add must be of [8, 64], got []",
        "size = [8, 64], | | params must name a value for size, of [8, 64]",
        "{ order = \"UP\" } | {} | yardstick-params must name a value for order, of [UP, DOWN]",
        "{ order = \"UP\" } | { order = [\"UP\", \"DOWN\"] } | yardstick-params must have one value"
            + " for order, got [UP, DOWN]",
        "ratio = 1.2 | ratio = 0 | ratio must be a number > 0, got 0",
        "ratio = 1.2 | ratio = nan | ratio must be a number > 0, got \"NaN\"",
        "ratio = 1.2 | ratio = inf | ratio must be a number > 0, got \"Infinity\"",
        "ratio = 1.2 | ratio = \"1.2\" | ratio must be a number > 0, got \"1.2\"",
        "ratio = 1.2 | ratio = 1.3 | ratio must be at most 1.6 times measured, 1.28, got 1.3",
        "measured = 0.8 | measured = 0.7 | ratio must be at most 1.6 times measured, 1.12, got 1.2",
        "measured = 0.8 | | the field measured is missing",
        "scalar-ratio = 0.03 | scalar-ratio = 0.04 | scalar-ratio must be at most 1.6 times"
            + " scalar-measured, 0.0320, got 0.04",
        "scalar-ratio = 0.03 | | a scalar twin needs all of [scalar-measured, scalar-params,"
            + " scalar-ratio], got [scalar-measured, scalar-params]",
        "scalar-params = { implementation = \"SCALAR\" } | | a scalar twin needs all of"
            + " [scalar-measured, scalar-params, scalar-ratio], got [scalar-measured,"
            + " scalar-ratio]",
        "tolerance = 0.1 | tolerance = -0.1 | tolerance must be a number ≥ 0, got -0.1",
        "tolerance = 0.1 | | the field tolerance is missing",
        "why = \"it should\" | why = \" \" | why must be text, got \" \"",
        "kernel = true | kernel = 1 | kernel must be true or false, got 1",
        "kernel = true | kernal = true | there is no field kernal",
        "\"avx2\"] | \"avx3\"] | machine must be any or of [avx512, avx2, sse, arm, scalar, other],"
            + " got [\"avx512\",\"avx3\"]",
        "{ implementation = \"SCALAR\" } | { implementation = \"VECTOR\" } | the benchmark would be"
            + " compared with itself",
      })
  void shouldSayInOneLineWhatIsMisspelt(String good, String bad, String message) {
    String text = GOOD.replace(good, bad == null ? "" : bad);
    assertFalse(text.equals(GOOD), "nothing was exchanged");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> parse(text));
    assertEquals("b.toml, budget 1 (add): " + message, e.getMessage());
  }

  @Test
  void shouldNotAllowAVectorFormToBeTheSlowerOne() {
    String text =
        GOOD.replace("scalar-measured = 0.02", "scalar-measured = 0.8")
            .replace("scalar-ratio = 0.03", "scalar-ratio = 1.1");
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> parse(text));
    assertEquals("b.toml, budget 1 (add): scalar-ratio must be at most 1, got 1.1", e.getMessage());
  }

  @Test
  void shouldNameTheParametersThatThereAre() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> parse(GOOD.replace("order =", "ordre =")));
    assertEquals(
        true, String.valueOf(e.getMessage()).contains("b.Copy.copy has no parameter ordre, but {"));
  }

  @Test
  void shouldNameTheLineThatIsNoToml() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> parse(GOOD.replace("1.2", "1.2.3")));
    assertEquals(
        true, String.valueOf(e.getMessage()).startsWith("b.toml, line 8: "), e.getMessage());
    assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
  }

  @Test
  void shouldWantAtLeastOneBudget() {
    assertThrows(InvalidInputException.class, () -> parse(""));
    assertThrows(InvalidInputException.class, () -> parse(GOOD + "\n[other]\n"));
    assertThrows(InvalidInputException.class, () -> parse(GOOD.replace("[[budget]]", "[budget]")));
  }

  @Test
  void shouldReadTheOwnBudgetsAndFindEveryBenchmarkInThem() throws IOException {
    Map<String, Budget> own = new HashMap<>();
    BudgetFile.own(Catalogue.read()).forEach(budget -> own.put(budget.path(), budget));
    assertEquals(48, own.size());
    // What composing may cost is fixed; the rest is near what was measured.
    assertEquals(1.2, requireNonNull(own.get("compose, bfloat16")).yardstick().ratio());
    Budget masks = requireNonNull(own.get("masks, half"));
    assertEquals(0.0025, masks.yardstick().ratio());
    assertEquals(0.24, requireNonNull(masks.scalar()).ratio());
    assertEquals(0.1, masks.tolerance());
  }
}
