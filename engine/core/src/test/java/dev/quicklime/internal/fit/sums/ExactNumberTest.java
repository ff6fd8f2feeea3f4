package dev.quicklime.internal.fit.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside {@link BigDecimal}, which holds every double exactly. */
class ExactNumberTest {

  /** Far more digits than it takes to tell on which side of a double's middle a quotient lies. */
  private static final MathContext MANY = new MathContext(200);

  private final Random random = new Random(7);

  private double any() {
    return (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(-200, 200));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1e300,
        -1e-300,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        0x1p-1030
      })
  void shouldHoldADouble(double value) {
    assertEquals(value + 0.0, ExactNumber.of(value).rounded());
  }

  @Test
  void shouldAddMultiplyAndDivideExactly() {
    for (int i = 0; i < 10_000; i++) {
      double a = any();
      double b = any();
      double c = any();
      BigDecimal x = new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c));
      ExactNumber own = ExactNumber.of(a).times(ExactNumber.of(b)).plus(ExactNumber.of(c));
      assertEquals(x.doubleValue(), own.rounded());
      assertEquals(
          x.subtract(new BigDecimal(a)).multiply(BigDecimal.valueOf(3)).doubleValue(),
          own.minus(ExactNumber.of(a)).times(3).rounded());
      assertEquals(x.divide(new BigDecimal(b), MANY).doubleValue(), own.over(ExactNumber.of(b)));
    }
  }

  @Test
  void shouldLoseNothingOfASum() {
    ExactNumber sum = ExactNumber.ZERO;
    for (double value : new double[] {1e300, 1, -1e300, 0x1p-60, -1}) {
      sum = sum.plus(ExactNumber.of(value));
    }
    assertEquals(0x1p-60, sum.rounded());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 130, 200, 1000})
  void shouldRoundUpWhatIsBeyondTheMiddleByHoweverLittle(int little) {
    ExactNumber middle = ExactNumber.of(1).plus(ExactNumber.of(0x1p-53));
    ExactNumber more = middle.plus(ExactNumber.of(Math.scalb(1.0, -little)));
    assertEquals(1, middle.rounded());
    assertEquals(1 + 0x1p-52, more.rounded());
    assertEquals(-1 - 0x1p-52, ExactNumber.ZERO.minus(more).rounded());
  }

  @Test
  void shouldReadWhatItWrote() throws IOException {
    ExactNumber[] numbers = {
      ExactNumber.ZERO, ExactNumber.of(-0.1), ExactNumber.of(1e200).plus(ExactNumber.of(1e-200))
    };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactNumber.writeAll(numbers, new DataOutputStream(bytes));
    assertArrayEquals(
        numbers,
        ExactNumber.readAll(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
  }
}
