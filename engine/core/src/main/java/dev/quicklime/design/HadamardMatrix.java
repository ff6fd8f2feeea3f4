package dev.quicklime.design;

import java.util.Arrays;

/**
 * A square matrix of ±1 whose columns are orthogonal, the first of them all +1. It is one of Paley
 * (q a prime: order q + 1 where q ≡ 3 mod 4, and 2·(q + 1) where q ≡ 1 mod 4; "On orthogonal
 * matrices", Journal of Mathematics and Physics 12, 1933) or the 1×1 matrix, doubled as often as
 * needed (Sylvester 1867: H beside H, above H beside −H). These orders are seldom more than 4 apart
 * up to 100, and 8 up to 200, where powers of two alone would double.
 */
final class HadamardMatrix {

  private final int order;
  private final int core;
  private final int prime;
  private final boolean[] square;

  private HadamardMatrix(int order, int core) {
    this.order = order;
    this.core = core;
    boolean first = core > 1 && isPrime(core - 1) && (core - 1) % 4 == 3;
    this.prime = core == 1 ? 1 : first ? core - 1 : core / 2 - 1;
    this.square = new boolean[prime];
    for (long i = 1; i < prime; i++) {
      square[(int) (i * i % prime)] = true;
    }
  }

  /** The matrix of the smallest known order that is at least as large. */
  static HadamardMatrix atLeast(int least) {
    for (int order = Math.max(1, least); ; order++) {
      for (int core = order; ; core /= 2) {
        if (isCore(core)) {
          return new HadamardMatrix(order, core);
        }
        if (core % 2 != 0) {
          break;
        }
      }
    }
  }

  private static boolean isCore(int order) {
    if (order == 1) {
      return true;
    }
    return order % 4 == 0
        && (isPrime(order - 1) || ((order / 2 - 1) % 4 == 1 && isPrime(order / 2 - 1)));
  }

  private static boolean isPrime(int number) {
    if (number < 2) {
      return false;
    }
    for (int divisor = 2; divisor <= number / divisor; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  int order() {
    return order;
  }

  /**
   * Writes a row, column by column: bit {@code c % 64} of word {@code c / 64} is 1 for +1.
   *
   * @param words as many as the order takes; what is past it becomes 0
   */
  void row(int row, long[] words) {
    Arrays.fill(words, 0);
    int high = row / core;
    int low = row % core;
    boolean turned = !core(low, 0);
    for (int column = 0; column < order; column++) {
      boolean minus = (Integer.bitCount(high & column / core) & 1) != 0;
      if (core(low, column % core) != (minus ^ turned)) {
        words[column >>> 6] |= 1L << column;
      }
    }
  }

  private boolean core(int row, int column) {
    if (core == 1) {
      return true;
    }
    if (core == prime + 1) {
      // I + S with S skew: a border of 1 and −1 around the character of row − column.
      if (row == column) {
        return true;
      }
      return column != 0 && (row == 0 || character(row - column));
    }
    // C ⊗ [1 1; 1 −1] + I ⊗ [1 −1; −1 −1], where C has a border of 1 and zeros on its diagonal.
    int i = row / 2;
    int j = column / 2;
    boolean second = (row & column & 1) != 0;
    if (i == j) {
      return (row & 1) == 0 && (column & 1) == 0;
    }
    return (i == 0 || j == 0 || character(i - j)) != second;
  }

  private boolean character(int difference) {
    return square[Math.floorMod(difference, prime)];
  }
}
