package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadamardMatrixTest {

  private static long[][] rows(HadamardMatrix matrix) {
    long[][] rows = new long[matrix.order()][(matrix.order() + 63) / 64];
    for (int row = 0; row < rows.length; row++) {
      matrix.row(row, rows[row]);
    }
    return rows;
  }

  private static int product(long[] a, long[] b, int order) {
    int differ = 0;
    for (int word = 0; word < a.length; word++) {
      differ += Long.bitCount(a[word] ^ b[word]);
    }
    return order - 2 * differ;
  }

  @Test
  void shouldHaveOrthogonalRowsAndAConstantFirstColumnInEveryOrder() {
    Set<Integer> orders = new TreeSet<>();
    for (int least = 1; least <= 260; least++) {
      orders.add(HadamardMatrix.atLeast(least).order());
    }
    assertTrue(orders.size() > 50, orders.toString());
    for (int order : orders) {
      long[][] rows = rows(HadamardMatrix.atLeast(order));
      for (int i = 0; i < order; i++) {
        assertEquals(1, rows[i][0] & 1, "column 0 of order " + order);
        for (int j = 0; j <= i; j++) {
          assertEquals(i == j ? order : 0, product(rows[i], rows[j], order), "order " + order);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2049, 3000, 4097})
  void shouldHaveOrthogonalRowsInLargeOrders(int least) {
    HadamardMatrix matrix = HadamardMatrix.atLeast(least);
    long[][] rows = rows(matrix);
    SplittableRandom random = new SplittableRandom(least);
    for (int i = 0; i < 2000; i++) {
      int a = random.nextInt(matrix.order());
      int b = random.nextInt(matrix.order());
      assertEquals(a == b ? matrix.order() : 0, product(rows[a], rows[b], matrix.order()));
    }
  }

  @Test
  void shouldStayNearWhatIsAskedFor() {
    for (int least = 3; least <= 4097; least++) {
      int order = HadamardMatrix.atLeast(least).order();
      assertTrue(order - least < (least <= 100 ? 8 : 0.09 * least + 4), least + " gave " + order);
    }
    assertEquals(68, HadamardMatrix.atLeast(65).order());
    assertEquals(104, HadamardMatrix.atLeast(101).order());
    assertEquals(28, HadamardMatrix.atLeast(26).order());
  }
}
