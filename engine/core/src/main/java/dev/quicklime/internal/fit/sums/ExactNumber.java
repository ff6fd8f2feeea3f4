package dev.quicklime.internal.fit.sums;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A number units · 2^exponent, of as many digits as it takes: sums and products of doubles are
 * exact, hence the same in whatever order they are made.
 *
 * @param units an integer
 * @param exponent a power of two
 */
public record ExactNumber(BigInteger units, int exponent) {

  /** Nothing. */
  public static final ExactNumber ZERO = new ExactNumber(BigInteger.ZERO, 0);

  private static final long FRACTION = (1L << 52) - 1;

  /** Digits of a quotient, beyond which it only matters whether there are more. */
  private static final int QUOTIENT_BITS = 128;

  /** A finite number. */
  public static ExactNumber of(double value) {
    assert Double.isFinite(value);
    if (value == 0) {
      return ZERO;
    }
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7FF;
    long units = biased == 0 ? bits & FRACTION : (bits & FRACTION) | (FRACTION + 1);
    int zeros = Long.numberOfTrailingZeros(units);
    units >>= zeros;
    return new ExactNumber(
        BigInteger.valueOf(bits < 0 ? -units : units), Math.max(biased, 1) - 1075 + zeros);
  }

  /** The sum of both. */
  public ExactNumber plus(ExactNumber other) {
    if (units.signum() == 0) {
      return other;
    }
    if (other.units.signum() == 0) {
      return this;
    }
    int difference = exponent - other.exponent;
    return difference >= 0
        ? new ExactNumber(units.shiftLeft(difference).add(other.units), other.exponent)
        : new ExactNumber(units.add(other.units.shiftLeft(-difference)), exponent);
  }

  ExactNumber minus(ExactNumber other) {
    return plus(new ExactNumber(other.units.negate(), other.exponent));
  }

  ExactNumber times(ExactNumber other) {
    return new ExactNumber(units.multiply(other.units), exponent + other.exponent);
  }

  ExactNumber times(long factor) {
    return new ExactNumber(units.multiply(BigInteger.valueOf(factor)), exponent);
  }

  /** This times 2 to some power. */
  ExactNumber scaled(int power) {
    return new ExactNumber(units, exponent + power);
  }

  /** The double next to this divided by another number, which is not 0. */
  double over(ExactNumber divisor) {
    if (units.signum() == 0) {
      return 0;
    }
    int shift = QUOTIENT_BITS - units.bitLength() + divisor.units.bitLength();
    BigInteger[] parts =
        shift >= 0
            ? units.shiftLeft(shift).divideAndRemainder(divisor.units)
            : units.divideAndRemainder(divisor.units.shiftLeft(-shift));
    BigInteger quotient = parts[0];
    if (parts[1].signum() != 0 && !quotient.testBit(0)) {
      // What was cut off must not look like half a unit of the double's last place.
      quotient = quotient.add(BigInteger.valueOf(quotient.signum()));
    }
    return Math.scalb(quotient.doubleValue(), exponent - divisor.exponent - shift);
  }

  /** The double next to this. */
  public double rounded() {
    return over(new ExactNumber(BigInteger.ONE, 0));
  }

  /** Writes what {@link #read} needs. */
  private void write(DataOutput out) throws IOException {
    byte[] bytes = units.toByteArray();
    out.writeInt(exponent);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** What {@link #write} wrote. */
  private static ExactNumber read(DataInput in) throws IOException {
    int exponent = in.readInt();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new ExactNumber(new BigInteger(bytes), exponent);
  }

  /** Sums of as many pairs; the caller's own. */
  public static ExactNumber[] sums(ExactNumber[] some, ExactNumber[] others) {
    ExactNumber[] sums = some.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i].plus(others[i]);
    }
    return sums;
  }

  /** Writes what {@link #readAll} needs. */
  public static void writeAll(ExactNumber[] numbers, DataOutput out) throws IOException {
    out.writeInt(numbers.length);
    for (ExactNumber number : numbers) {
      number.write(out);
    }
  }

  /** What {@link #writeAll} wrote. */
  public static ExactNumber[] readAll(DataInput in) throws IOException {
    ExactNumber[] numbers = new ExactNumber[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = read(in);
    }
    return numbers;
  }
}
