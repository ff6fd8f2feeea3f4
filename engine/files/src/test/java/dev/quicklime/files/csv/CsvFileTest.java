package dev.quicklime.files.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  @TempDir private Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private Table read(String text, CsvOptions options) throws IOException {
    return CsvFile.read(file(text), options);
  }

  private Table read(String text) throws IOException {
    return read(text, CsvOptions.defaults());
  }

  private void refuse(String text, CsvOptions options, String... said) throws IOException {
    Path file = file(text);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> CsvFile.read(file, options));
    String message = String.valueOf(refused.getMessage());
    String all = message + (refused instanceof TableProblem problem ? " " + problem.remedy() : "");
    for (String part : said) {
      assertTrue(all.contains(part), all);
    }
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("--"), message);
  }

  private void refuse(String text, String... said) throws IOException {
    refuse(text, CsvOptions.defaults(), said);
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  @Test
  void shouldReadNumbersUnderAHeader() throws IOException {
    Table table = read("a,b\n1,2.5\n-3e2,.5\n");
    assertEquals(List.of("a", "b"), names(table));
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {1, 2.5}, table.row(0));
    assertArrayEquals(new double[] {-300, 0.5}, table.row(1));
    Column.Numeric first = (Column.Numeric) table.columns().getFirst();
    assertEquals(-149.5, first.mean());
    assertEquals(301 / Math.sqrt(2), first.deviation(), 1e-12);
  }

  @Test
  void shouldReadNumbersWithoutAHeader() throws IOException {
    assertEquals(List.of("x1", "x2"), names(read("1,2\n3,4\n")));
    assertEquals(2, read("1,2\r\n3,4").rows());
    CsvOptions asked = CsvOptions.defaults().withHeader(CsvOptions.Header.YES);
    assertEquals(List.of("1", "2"), names(read("1,2\n3,4\n", asked)));
  }

  @Test
  void shouldTakeQuotesSpacesEmptyLinesAndAMark() throws IOException {
    Table table = read("\ufeff\"first, of all\", b \n\n \"1\" , 2\n\n3,4\n\n");
    assertEquals(List.of("first, of all", "b"), names(table));
    assertArrayEquals(new double[] {1, 2}, table.row(0));
    assertArrayEquals(new double[] {3, 4}, table.row(1));
    assertEquals(List.of("x", "y"), names(read("\ufeffx,y\n1,2\n")));
  }

  @Test
  void shouldTakeOtherSeparators() throws IOException {
    for (char separator : new char[] {';', '\t', '|', ' '}) {
      Table table =
          read(
              "a,b\n1,2\n".replace(',', separator), CsvOptions.defaults().withSeparator(separator));
      assertArrayEquals(new double[] {1, 2}, table.row(0));
    }
  }

  @Test
  void shouldChooseAndOrderColumns() throws IOException {
    String text = "id,a,b,label\nk1,1,2,yes\nk2,3,4,no\n";
    CsvOptions options = CsvOptions.defaults();
    assertEquals(List.of("a", "b"), names(read(text, options.withDrop(Set.of("id", "label")))));
    Table chosen = read(text, options.withColumns(List.of("b", "a")));
    assertArrayEquals(new double[] {2, 1}, chosen.row(0));
  }

  @Test
  void shouldCodeTextsByTheirOrderAndNumbersAsTheyAre() throws IOException {
    CsvOptions options = CsvOptions.defaults().withCategorical(Set.of("town", "grade"));
    Table table = read("x,town,grade\n1,Ulm,7\n2,Bonn,3\n3,Ulm,-0\n", options);
    assertArrayEquals(new double[] {1, 1, 7}, table.row(0));
    assertArrayEquals(new double[] {2, 0, 3}, table.row(1));
    Column.Categorical town = (Column.Categorical) table.columns().get(1);
    assertEquals(
        List.of(new Column.Category("Bonn", 0, 1), new Column.Category("Ulm", 1, 2)),
        town.categories());
    Column.Categorical grade = (Column.Categorical) table.columns().get(2);
    assertEquals(
        List.of("0", "3", "7"), grade.categories().stream().map(Column.Category::value).toList());
  }

  @Test
  void shouldNameLineAndColumnOfWhatIsMissing() throws IOException {
    refuse("a,b\n1,2\n3,\n", "rows.csv, line 3, column b", "nothing");
    refuse("a,b\n1,2\nNA,4\n", "line 3, column a", "'NA'");
    refuse("a,b\n1,nan\n", "line 2, column b", "'nan'");
    refuse("a,b\n\n\n1,?\n", "line 4, column b");
    refuse(
        "a,b\n1,x\n2,\n", CsvOptions.defaults().withCategorical(Set.of("b")), "line 3, column b");
  }

  @Test
  void shouldSayWhatToDoAboutText() throws IOException {
    refuse("a,town\n1,Ulm\n", "line 2, column town", "'Ulm'", "NameCategorical[column=town]");
    refuse("a,b\n1,2\n3,1e999\n", "finite");
    refuse("a,b\n1,0x10\n", "must be a number");
    refuse("a,b\n1,2f\n", "must be a number");
    refuse("a,b\n1," + "z".repeat(500) + "\n", "…");
  }

  @Test
  void shouldSuspectTheSeparator() throws IOException {
    refuse("a;b\n1;2\n", "separated by ','", "lines hold ';'", "[separator=;, decimal=.]");
    refuse("a\tb\n1\t2\n", "lines hold 'tab'");
    refuse("1;2\n3;4\n", "lines hold ';'", "[separator=;, decimal=.]");
    refuse("a;b\n1,5;2\n", "line 2", "lines hold ';'", "[separator=;, decimal=,]");
    refuse("a;b\n1,5;2,5\n3,5;4,5\n5,5;6,5\n", "lines hold ';'", "[separator=;, decimal=,]");
    refuse(
        "a,b\n1,2\n",
        CsvOptions.defaults().withSeparator(';'),
        "lines hold ','",
        "UseSeparator[separator=,, decimal=.]");
  }

  @Test
  void shouldTakeOneColumn() throws IOException {
    assertEquals(3, read("a\n1\n2\n3\n").rows());
  }

  @Test
  void shouldRefuseWhatIsNoTable() throws IOException {
    refuse("", "empty");
    refuse("\n\n", "empty");
    refuse("a,b\n", "at least one row");
    refuse("a,b\n1,2\n3\n", "line 3", "2 values", "got 1");
    refuse("a,b\n1,2\n3,4,5\n", "line 3", "got 3");
    refuse("a,a\n1,2\n", "'a' twice");
    refuse("a,\n1,2\n", "must have a name", "column 2");
    refuse("a,,b\n1,2,3\n", "must have a name", "column 2");
    refuse("a,b\n1,\"2\n", "quotes");
    Path bytes = folder.resolve("bytes.csv");
    Files.write(bytes, "a,b\n1,Münster\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(InvalidInputException.class, () -> CsvFile.read(bytes, CsvOptions.defaults()));
    assertThrows(
        InvalidInputException.class,
        () -> CsvFile.read(folder.resolve("none.csv"), CsvOptions.defaults()));
    assertThrows(InvalidInputException.class, () -> CsvFile.read(folder, CsvOptions.defaults()));
  }

  @Test
  void shouldRefuseColumnsThatAreNotThere() throws IOException {
    CsvOptions options = CsvOptions.defaults();
    refuse("a,b\n1,2\n", options.withColumns(List.of("c")), "COLUMNS", "a, b", "got c");
    refuse("a,b\n1,2\n", options.withDrop(Set.of("c")), "DROP", "got c");
    refuse("a,b\n1,2\n", options.withCategorical(Set.of("c")), "CATEGORICAL", "got c");
    refuse("a,b\n1,2\n", options.withDrop(Set.of("a", "b")), "keep one column");
    assertThrows(InvalidInputException.class, () -> options.withSeparator('"'));
  }
}
