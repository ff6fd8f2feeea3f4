package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

  /** From the usual tables. */
  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047",
    "2, 4.30265273",
    "5, 2.57058184",
    "10, 2.22813885",
    "30, 2.04227246",
    "100, 1.98397152",
    "1e6, 1.95996636",
    "1e9, 1.95996398",
    "Infinity, 1.95996398"
  })
  void shouldKnowTheQuantilesOfStudentsDistribution(double freedom, double quantile) {
    assertEquals(quantile, StudentT.quantile95(freedom), 1e-7);
  }

  @Test
  void shouldTakeLessThanOneDegreeOfFreedomAsOne() {
    assertEquals(12.7062047, StudentT.quantile95(0.2), 1e-7);
  }

  @Test
  void shouldNeverGrowWithTheDegreesOfFreedom() {
    double last = Double.POSITIVE_INFINITY;
    for (double freedom = 1; freedom < 1e12; freedom *= 1.37) {
      double quantile = StudentT.quantile95(freedom);
      assertTrue(quantile <= last + 1e-8, freedom + " degrees of freedom");
      last = quantile;
    }
  }
}
