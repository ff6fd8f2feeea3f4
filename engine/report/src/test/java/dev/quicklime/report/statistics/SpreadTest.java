package dev.quicklime.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void shouldHaveTheQuantilesOfNumPy() {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [.05, .25, .5, .75, .95])
    Spread spread = Spread.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6});
    assertEquals(1, spread.low(), 1e-15);
    assertEquals(1.75, spread.quartile1(), 1e-15);
    assertEquals(3.5, spread.median(), 1e-15);
    assertEquals(5.25, spread.quartile3(), 1e-15);
    assertEquals(7.95, spread.high(), 1e-14);
    assertEquals(3.5, spread.interquartileRange(), 1e-15);
    assertEquals(3.875, spread.mean(), 1e-15);
    // numpy.std(…, ddof=1)
    assertEquals(2.748376143938713, spread.standardDeviation(), 1e-14);
    assertEquals(8, spread.count());
  }

  @Test
  void shouldSumUpOneValueAndEqualValues() {
    Spread one = Spread.of(new double[] {-2});
    assertEquals(new Spread(1, -2, 0, -2, -2, -2, -2, -2), one);
    assertTrue(one.isConstant());
    double[] equal = new double[1001];
    Arrays.fill(equal, 0.1);
    assertTrue(Spread.of(equal).isConstant());
    equal[500] = 0.2;
    assertFalse(Spread.of(equal).isConstant());
  }

  @Test
  void shouldLeaveItsInputAlone() {
    double[] values = {3, 1, 2};
    assertEquals(2, Spread.of(values).median());
    assertEquals(3, values[0]);
  }

  @Test
  void shouldRefuseWhatHasNoSpread() {
    assertThrows(InvalidInputException.class, () -> Spread.of(new double[0]));
    for (double wrong :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> Spread.of(new double[] {1, wrong, 2}));
    }
  }
}
