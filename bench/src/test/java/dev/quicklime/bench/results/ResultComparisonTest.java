package dev.quicklime.bench.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.bench.results.Difference.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultComparisonTest {

  private static final String RESULT =
      """
      {"benchmark": "a.b.Copy.%s", "mode": "avgt", "params": {"size": "8"},
       "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "us/op"},
       "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 16.5}}}\
      """;

  @TempDir Path folder;

  private Path file(String name, String... results) throws IOException {
    return Files.writeString(folder.resolve(name), "[" + String.join(",", results) + "]");
  }

  private static BenchmarkFigure figure(String mode, double score, double error, String unit) {
    return new BenchmarkFigure("a.Copy.run", mode, Map.of(), score, error, unit, null);
  }

  private static Outcome outcome(String mode, double before, double after, double error) {
    return Difference.of(figure(mode, before, error, "us/op"), figure(mode, after, error, "us/op"))
        .outcome();
  }

  @Test
  void shouldAddTheErrorsOfBothRunsInSquares() {
    Difference difference =
        Difference.of(figure("avgt", 100, 3, "us/op"), figure("avgt", 200, 8, "us/op"));
    assertEquals(2, difference.ratio(), 1e-12);
    assertEquals(2 * Math.hypot(0.03, 0.04), difference.error(), 1e-12);
  }

  @Test
  void shouldCallDifferentOnlyWhatIsSoBeyondTheError() {
    assertEquals(Outcome.SAME, outcome("avgt", 100, 104, 3));
    assertEquals(Outcome.SLOWER, outcome("avgt", 100, 106, 3));
    assertEquals(Outcome.FASTER, outcome("avgt", 100, 94, 3));
    assertEquals(Outcome.FASTER, outcome("thrpt", 100, 106, 3));
    assertEquals(Outcome.SLOWER, outcome("thrpt", 100, 94, 3));
    assertEquals(Outcome.UNKNOWN, outcome("avgt", 100, 200, Double.NaN));
    assertEquals(
        Outcome.UNITS,
        Difference.of(figure("avgt", 1, 0, "us/op"), figure("avgt", 1, 0, "ms/op")).outcome());
  }

  @Test
  void shouldPrintWhatTheRunsHaveInCommon() throws IOException {
    Path a =
        file("a.json", RESULT.formatted("run", "10.0", "0.1"), RESULT.formatted("go", "1", "0"));
    Path b =
        file(
            "b.json",
            RESULT.formatted("run", "20.0", "0.2"),
            RESULT.formatted("x", "1", "\"NaN\""));
    StringWriter out = new StringWriter();
    ResultComparison.print(a, b, new PrintWriter(out));
    List<String> lines = out.toString().lines().toList();
    assertTrue(
        lines.get(1).matches("Copy.run +size 8 +10.0 us/op +20.0 us/op +2.000 ± 0.028 +slower"),
        lines.get(1));
    assertEquals(List.of("1 slower", "1 only in " + a, "1 only in " + b), lines.subList(2, 5));
  }

  @Test
  void shouldReadScoresErrorsAndBytes() throws IOException {
    List<BenchmarkFigure> figures =
        JmhJson.read(file("a.json", RESULT.formatted("run", "10.0", "\"NaN\"")));
    assertEquals(10, figures.getFirst().score());
    assertEquals(Double.NaN, figures.getFirst().error());
    assertEquals(16.5, figures.getFirst().bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "[1]", "not json", "[{\"benchmark\": \"a\"}]", "[{\"benchmark\""})
  void shouldRefuseWhatJmhDidNotWrite(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), text);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> JmhJson.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + " must be a file of results"),
        e.getMessage());
    assertEquals(1, String.valueOf(e.getMessage()).lines().count());
  }

  @Test
  void shouldRefuseRunsWithNothingInCommon() throws IOException {
    Path a = file("a.json", RESULT.formatted("run", "10.0", "0.1"));
    Path b = file("b.json", RESULT.formatted("go", "10.0", "0.1"));
    assertThrows(
        InvalidInputException.class,
        () -> ResultComparison.print(a, b, new PrintWriter(new StringWriter())));
  }

  @Test
  void shouldWriteNumbersWithAsManyDigitsAsTheyAreWorth() {
    assertEquals("0.00123", Digits.of(0.0012345));
    assertEquals("12.3", Digits.of(12.345));
    assertEquals("123457", Digits.of(123456.7));
    assertEquals("0", Digits.of(0));
    assertEquals("1.04 ± 0.23", Digits.withError(1.0412, 0.2267));
    assertEquals("1.04", Digits.withError(1.0412, Double.NaN));
  }
}
