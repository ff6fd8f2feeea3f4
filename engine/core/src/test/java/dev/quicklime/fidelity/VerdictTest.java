package dev.quicklime.fidelity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  private static final double NORMAL = 1.959963984540054;

  /** Three coefficients, of which one is 0, from −1 to 3. */
  private static LinearFit fit(@Nullable Double r2, @Nullable Double halfWidth) {
    Intervals intervals =
        halfWidth == null
            ? new Intervals.None("none were made")
            : new Intervals.Margins(
                Intervals.Kind.SANDWICH,
                List.of(halfWidth / NORMAL, 0.0, 0.0),
                List.of(
                    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    return new LinearFit(0.5, List.of(3.0, 0.0, -1.0), intervals, 0, r2, null, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // R², off by of a range of 2, half-width of a range of 4
    "0.80, 0.30, 1.0, CLOSELY",
    "0.80, 0.30, , CLOSELY",
    "0.79, 0.30, 1.0, ROUGHLY",
    "0.80, 0.31, 1.0, ROUGHLY",
    "0.80, 0.30, 1.1, ROUGHLY",
    "0.50, 1.00, 4.0, ROUGHLY",
    "0.49, 0.00, 0.0, HARDLY",
    "0.99, 1.01, 0.0, HARDLY",
    "0.99, 0.00, 4.1, HARDLY",
    "-3.0, 0.00, , HARDLY"
  })
  void shouldFollowItsRule(
      double r2, double off, @Nullable Double halfWidth, Verdict.Follows follows) {
    Verdict verdict = requireNonNull(Verdict.of(fit(0.1, halfWidth), 2.5, 2.5 - off, 2, 100, r2));
    assertEquals(follows, verdict.follows());
    assertEquals(r2, verdict.r2());
    assertEquals(off / 2, verdict.localError(), 1e-12);
  }

  @Test
  void shouldAdjustForWhatTheFitChoseWhereNothingWasHeldOut() {
    Verdict verdict = requireNonNull(Verdict.of(fit(0.9, null), 2.5, 2.5, 2, 21, null));
    assertEquals(1 - 0.1 * 20 / 18, verdict.r2(), 1e-12);
    assertEquals(0, requireNonNull(Verdict.of(fit(1.0, null), 2.5, 2.5, 2, 3, null)).r2());
  }

  @Test
  void shouldSaySoInWords() {
    Verdict verdict = requireNonNull(Verdict.of(fit(0.9, 0.5), 2.5, 2.4, 2, 1000, null));
    assertEquals("follows the model closely", verdict.words());
    assertEquals(
        "adjusted R² 0.90, local error 5 % of the scores' range, intervals within 12 % of the"
            + " weights' range",
        verdict.because());
    assertEquals(
        "held-out R² 0.40, local error 5 % of the scores' range",
        requireNonNull(Verdict.of(fit(0.9, null), 2.5, 2.4, 2, 1000, 0.4)).because());
  }

  @Test
  void shouldSayNothingOfScoresThatDoNotVary() {
    assertNull(Verdict.of(fit(null, null), 1, 1, 2, 100, null));
    assertNull(Verdict.of(fit(0.5, null), 1, 1, 0, 100, null));
  }
}
