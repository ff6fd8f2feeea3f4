package dev.quicklime.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ResolutionTest {

  private static final TabularOptions OPTIONS = TabularOptions.defaults();

  private static Table table(int rows, IntToDoubleFunction column, String... categorical) {
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      values[i] = new double[] {column.applyAsDouble(i), i % 7};
    }
    return Table.of(List.of("c", "x"), values, Set.of(categorical));
  }

  private static List<String> notices(Table table) {
    return Resolution.notices(table, table.row(0), OPTIONS);
  }

  private static void assertNoticed(Table table, String... parts) {
    List<String> notices = notices(table);
    assertEquals(1, notices.size(), notices.toString());
    for (String part : parts) {
      assertTrue(notices.getFirst().contains(part), notices.getFirst());
    }
  }

  @Test
  void shouldNameIdentifiersThatBecomeOne() {
    // 5000 numbers after a thousand million: steps of 64 leave 79, the ends included.
    assertNoticed(
        table(5000, i -> 1e9 + i),
        "column c",
        "5000 different",
        "of 64.0",
        "leaves 79",
        "leave it out");
  }

  @Test
  void shouldNameTimesThatBecomeOne() {
    // Seconds since 1970, a minute apart, and days of 24 hours since the year −4712.
    assertNoticed(table(5000, i -> 1.7e9 + 60 * i), "column c", "of 128", "take a constant off");
    assertNoticed(table(5000, i -> 2_460_000 + i / 24.0), "column c", "of 0.25");
  }

  @Test
  void shouldNameCodesThatBecomeOneUnlessTheyAreInputsOfTheirOwn() {
    Table codes = table(50, i -> 100_000_001 + i % 2, "c");
    assertNoticed(codes, "column c", "2 different", "leaves 1");
    assertEquals(List.of(), Resolution.notices(codes, codes.row(0), OPTIONS.withOneHot(true)));
  }

  @Test
  void shouldSayNothingWhereAllValuesAreToldApart() {
    Random random = new Random(1);
    assertEquals(List.of(), notices(table(100_000, i -> random.nextGaussian())));
    assertEquals(List.of(), notices(table(5000, i -> i)));
    assertEquals(List.of(), notices(table(500, i -> 1.7e9 + 3600 * i)));
    assertEquals(List.of(), notices(table(500, i -> 20 + i / 10.0)));
  }

  @Test
  void shouldLeaveToAnotherNoticeWhatHardlyVaries() {
    assertEquals(List.of(), notices(table(500, i -> 1e9 + i)));
  }

  @Test
  void shouldSortTextsByCodePoints() {
    Column.Categorical column =
        ColumnFacts.texts("c", List.of("\ud83d\ude00", "\uffe5", "b", " b", "\ud83d", "ba"));
    assertEquals(
        List.of(" b", "b", "ba", "\uffe5", "\ud83d", "\ud83d\ude00"),
        column.categories().stream().map(Column.Category::value).toList());
  }

  @Test
  void shouldDrawCategoriesAsOftenAsTheyAre() {
    CategoryDraw draw =
        new CategoryDraw(ColumnFacts.codes("c", new double[] {7, 3, 3, 7, 9, 7, 7, 7, 7, 7}));
    double[] drawn = {
      draw.quantile(1e-9),
      draw.quantile(0.1999),
      draw.quantile(0.2),
      draw.quantile(0.8999),
      draw.quantile(0.9),
      draw.quantile(1 - 1e-16)
    };
    assertArrayEquals(new double[] {3, 3, 7, 7, 9, 9}, drawn);
  }
}
