package dev.quicklime.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final List<Column> COLUMNS =
      List.of(new Column.Numeric("a", 0, 1), new Column.Numeric("b", 0, 1));

  @Test
  void shouldKeepItsNumbersWhateverHappensToTheArraysAround() {
    double[] values = {1, 2, 3, 4};
    Table table = new Table(COLUMNS, 2, values);
    values[2] = 9;
    table.row(1)[1] = 9;
    assertArrayEquals(new double[] {3, 4}, table.row(1));
  }

  @Test
  void shouldRefuseOtherThanAFiniteNumberForEachColumn() {
    assertRefused(COLUMNS, 2, 1, 2, 3);
    assertRefused(COLUMNS, 0);
    assertRefused(List.of(), 1);
    assertRefused(COLUMNS, 1, 1, Double.NaN);
    assertRefused(COLUMNS, 1, Double.POSITIVE_INFINITY, 1);
  }

  private static void assertRefused(List<Column> columns, int rows, double... values) {
    assertThrows(InvalidInputException.class, () -> new Table(columns, rows, values));
  }
}
