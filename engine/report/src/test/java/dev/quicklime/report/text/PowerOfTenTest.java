package dev.quicklime.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerOfTenTest {

  @Test
  void shouldLeaveNumbersAsTheyAreThatAreShort() {
    PowerOfTen scale = PowerOfTen.upTo(0.0012);
    assertEquals("", scale.head());
    assertEquals("+0.00120", scale.signed(0.0012));
    assertEquals("−0.00030", scale.fixed(-0.0003));
    assertEquals("0", PowerOfTen.upTo(0).signed(0));
    assertEquals("+1234", PowerOfTen.upTo(1234).signed(1234));
  }

  @Test
  void shouldTakeOutThePowerOfTenOfSmallOnes() {
    PowerOfTen scale = PowerOfTen.upTo(1.234e-7);
    assertEquals(", ×10⁻⁷", scale.head());
    assertEquals("+1.23", scale.signed(1.234e-7));
    assertEquals("−0.05", scale.fixed(-5e-9));
    assertEquals("0.00", scale.fixed(-1e-12));
    assertEquals(", ×10⁻⁴", PowerOfTen.upTo(0.00099).head());
    assertEquals("+9.90", PowerOfTen.upTo(0.00099).signed(0.00099));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-7, 9.99e-7, 3e-12, 2.5e-300, 0.00099, 0.001})
  void shouldKeepThreeDigitsAndFewLetters(double largest) {
    PowerOfTen scale = PowerOfTen.upTo(largest);
    String text = scale.signed(-largest);
    assertTrue(text.length() <= 8, text);
    double read = Double.parseDouble(text.replace('−', '-')) * Math.pow(10, scale.exponent());
    assertEquals(-largest, read, 0.005 * largest);
  }
}
