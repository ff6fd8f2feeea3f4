package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TargetTest {

  private static final double[] SCORES = {9, 9, 1, 2, 2, -1};

  @Test
  void shouldTakeTheScoresOfItsSampleAlone() {
    double sum = Math.exp(1) + 2 * Math.exp(2) + Math.exp(-1);
    assertEquals(Math.exp(2) / sum, Target.PROBABILITY.of(SCORES, 2, 4, 1), 1e-15);
    assertEquals(-1, Target.LOGIT.of(SCORES, 2, 4, 3));
    assertEquals(1 / (1 + Math.exp(-1)), Target.SIGMOID.of(SCORES, 2, 4, 0), 1e-15);
  }

  @Test
  void shouldLetTheFirstOfEqualsWin() {
    assertEquals(1, Target.TOP1.of(SCORES, 2, 4, 1));
    assertEquals(0, Target.TOP1.of(SCORES, 2, 4, 2));
    assertEquals(0, Target.TOP1.of(SCORES, 2, 4, 0));
  }

  @Test
  void shouldStayFiniteForHugeScores() {
    double[] huge = {1e308, -1e308, 700};
    assertEquals(1, Target.PROBABILITY.of(huge, 0, 3, 0));
    assertEquals(0, Target.PROBABILITY.of(huge, 0, 3, 1));
    assertEquals(0, Target.PROBABILITY.of(huge, 0, 3, 2));
    assertEquals(1, Target.SIGMOID.of(huge, 0, 3, 0));
    assertEquals(0, Target.SIGMOID.of(huge, 0, 3, 1));
  }

  @Test
  void shouldBeOneForASingleClass() {
    assertEquals(1, Target.PROBABILITY.of(new double[] {-3}, 0, 1, 0));
  }
}
