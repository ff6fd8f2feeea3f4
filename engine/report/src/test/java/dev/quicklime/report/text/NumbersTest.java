package dev.quicklime.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void useCommas() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void shouldKeepSignificantDigits() {
    assertEquals("0", Numbers.significant(0, 3));
    assertEquals("0", Numbers.significant(-0.0, 3));
    assertEquals("0.123", Numbers.significant(0.12345, 3));
    assertEquals("−12.35", Numbers.significant(-12.3456, 4));
    assertEquals("1.00", Numbers.significant(0.99999, 3));
    assertEquals("1235", Numbers.significant(1234.6, 4));
    assertEquals("1.2×10⁻⁵", Numbers.significant(0.000012, 3));
    assertEquals("−4.57×10¹²", Numbers.significant(-4.567e12, 3));
    assertEquals("4.94×10⁻³²⁴", Numbers.significant(Double.MIN_VALUE, 3));
  }

  @Test
  void shouldNeverWriteNaNOrInfinity() {
    assertEquals("undefined", Numbers.significant(Double.NaN, 3));
    assertEquals("undefined", Numbers.significant(Double.NEGATIVE_INFINITY, 3));
  }

  @Test
  void shouldNotRoundAProbabilityToCertainty() {
    assertEquals("0.000", Numbers.probability(0));
    assertEquals("< 0.001", Numbers.probability(1e-9));
    assertEquals("0.001", Numbers.probability(0.0005));
    assertEquals("0.999", Numbers.probability(0.9994));
    assertEquals("> 0.999", Numbers.probability(1 - 1e-9));
    assertEquals("1.000", Numbers.probability(1));
  }

  @Test
  void shouldGiveWeightsASignAndCommonDecimals() {
    int decimals = Numbers.decimals(0.1234);
    assertEquals("+0.123", Numbers.signed(0.1234, decimals));
    assertEquals("−0.004", Numbers.signed(-0.0042, decimals));
    assertEquals("0.000", Numbers.signed(-0.0001, decimals));
    assertEquals(0, Numbers.decimals(0));
    assertEquals(0, Numbers.decimals(4567));
  }
}
