package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Exhaustive;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {

  private static final Intervals.Margins MARGINS =
      new Intervals.Margins(
          Intervals.Kind.SANDWICH,
          List.of(2.0, 0.5, 0.0),
          List.of(10.0, Double.POSITIVE_INFINITY, 1.0));

  private static LinearFit fit(Intervals intervals, Double... coefficients) {
    return new LinearFit(0, List.of(coefficients), intervals, 0, 0.5, null, List.of());
  }

  @Test
  void shouldReachAsFarAsStudentsDistributionSays() {
    assertEquals(2 * 2.22813885, MARGINS.halfWidth(0), 1e-7);
    assertEquals(0.5 * 1.95996398, MARGINS.halfWidths().get(1), 1e-8);
    assertEquals(0, MARGINS.halfWidth(2));
    assertEquals(MARGINS.halfWidth(0), fit(MARGINS, 1.0, 2.0, 3.0).margin(0));
  }

  @Test
  void shouldKeepTheReasonWhereThereAreNone() {
    LinearFit without = fit(MARGINS, 1.0, 2.0, 3.0).withoutIntervals("nothing was left to chance");
    assertEquals(new Intervals.None("nothing was left to chance"), without.intervals());
    assertNull(without.margin(0));
  }

  @Test
  void shouldRefuseNumbersThatDoNotGoTogether() {
    assertThrows(
        InvalidInputException.class,
        () -> new Intervals.Margins(Intervals.Kind.SANDWICH, List.of(1.0), List.of()));
    assertThrows(InvalidInputException.class, () -> fit(MARGINS, 1.0, 2.0));
  }

  @Test
  void shouldBeNoneWhereEveryMaskWasTried() {
    LinearFit fit = Games.fit(new Exhaustive(), 1, 0, Games.game("any"));
    assertEquals(
        new Intervals.None("every mask was tried, so that nothing was left to chance"),
        fit.intervals());
    // As many rows, of which some are the same.
    LinearFit some = Games.fit(Bernoulli.defaults(), (1 << Games.PARTS) - 1, 0, Games.game("any"));
    assertInstanceOf(Intervals.Margins.class, some.intervals());
  }
}
