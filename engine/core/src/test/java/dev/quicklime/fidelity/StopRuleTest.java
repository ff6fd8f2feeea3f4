package dev.quicklime.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopRuleTest {

  private static LinearFit fit(List<Double> coefficients, List<Double> errors) {
    return fit(0, coefficients, errors);
  }

  private static LinearFit fit(double intercept, List<Double> coefficients, List<Double> errors) {
    List<Double> freedom = Collections.nCopies(errors.size(), Double.POSITIVE_INFINITY);
    return new LinearFit(
        intercept,
        coefficients,
        new Intervals.Margins(Intervals.Kind.SANDWICH, errors, freedom),
        0,
        0.5,
        null,
        List.of());
  }

  private static LinearFit unjudged(List<Double> coefficients) {
    return fit(coefficients, List.of(0.0, 0.0, 0.0, 0.0)).withoutIntervals("too few");
  }

  @Test
  void shouldWaitForTheLeastSteadyClass() {
    StopRule rule = new StopRule(0.1);
    LinearFit steady = fit(List.of(3.0, -1.0, 0.0, 0.0), List.of(0.4, 0.1, 0.1, 0.1));
    LinearFit loose = fit(List.of(1.0, 0.0, 0.5, 0.0), List.of(0.1, 0.11, 0.0, 0.0));
    assertTrue(rule.look(10, List.of(steady, steady)));
    assertFalse(rule.look(20, List.of(steady, loose)));
    Stopping outcome = rule.outcome(50, 4);
    assertEquals(List.of(0.1, 0.11), outcome.reached());
    assertEquals(new Look(20, 0.11, outcome.last().largestError(), 1), outcome.last());
    assertFalse(outcome.met());
    assertEquals(50, outcome.limit());
    assertEquals(0.1, outcome.looks().getFirst().reached());
  }

  @Test
  void shouldNotStopWithoutStandardErrors() {
    StopRule rule = new StopRule(0.9);
    assertFalse(rule.look(10, List.of(unjudged(List.of(1.0, 2.0, 3.0, 4.0)))));
    assertEquals(Double.POSITIVE_INFINITY, rule.outcome(10, 4).last().reached());
  }

  @Test
  void shouldTakeAClassThatDoesNotVaryAsSettled() {
    StopRule rule = new StopRule(0.1);
    assertTrue(rule.look(10, List.of(unjudged(List.of(0.0, 0.0, 0.0, 0.0)))));
    assertTrue(rule.outcome(10, 4).met());
    List<Double> noise = List.of(1e-16, -2e-16, 0.0, 0.0);
    LinearFit constant = fit(0.7, noise, List.of(1e-16, 1e-16, 1e-16, 1e-16));
    assertTrue(rule.look(20, List.of(constant)), "nothing but rounding");
  }

  @Test
  void shouldSayHowManyOfTheStrongestStayed() {
    StopRule rule = new StopRule(0.5);
    List<Double> errors = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
    rule.look(10, List.of(fit(List.of(5.0, -4.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0), errors)));
    rule.look(20, List.of(fit(List.of(5.0, 0.5, -4.0, 0.0, 0.0, 0.0, 0.0, 0.0), errors)));
    rule.look(30, List.of(fit(List.of(4.0, 0.5, -5.0, 0.0, 0.0, 0.0, 0.0, 0.0), errors)));
    assertEquals(
        List.of(0.0, 0.5, 1.0), rule.outcome(30, 8).looks().stream().map(Look::kept).toList());
    assertEquals(2, rule.outcome(30, 8).strongest());
    assertEquals(1, StopRule.strongest(1));
    assertEquals(10, StopRule.strongest(100));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void shouldRefuseABoundThatCannotBeReached(double bound) {
    assertThrows(InvalidInputException.class, () -> new StopRule(bound));
  }
}
