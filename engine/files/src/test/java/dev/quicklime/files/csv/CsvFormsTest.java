package dev.quicklime.files.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.Table;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as other programs write them. */
class CsvFormsTest {

  private static final CsvOptions DEFAULTS = CsvOptions.defaults();

  private static Table read(String text, CsvOptions options) throws IOException {
    return CsvFile.read("rows.csv", new StringReader(text), options);
  }

  private static Table read(String text) throws IOException {
    return read(text, DEFAULTS);
  }

  private static TableProblem refused(String text, CsvOptions options) {
    return assertThrows(TableProblem.class, () -> read(text, options));
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static void assertNoticed(Table table, String... parts) {
    assertEquals(1, table.notices().size(), table.notices().toString());
    for (String part : parts) {
      assertTrue(table.notices().getFirst().contains(part), table.notices().getFirst());
    }
  }

  @Test
  void shouldLeaveOutAnIndexWithoutAName() throws IOException {
    // pandas.DataFrame({"a": [1.5, 2], "b": [3, 4]}).to_csv()
    Table table = read(",a,b\n0,1.5,3\n1,2.0,4\n");
    assertEquals(List.of("a", "b"), names(table));
    assertArrayEquals(new double[] {2, 4}, table.row(1));
    assertNoticed(table, "rows.csv", "the first column", "index", "Unnamed: 0");
    // write.csv of R, whose row names are texts.
    Table cars = read("\"\",\"mpg\",\"cyl\"\n\"Mazda RX4\",21,6\n\"Datsun 710\",22.8,4\n");
    assertArrayEquals(new double[] {22.8, 4}, cars.row(1));
    assertNoticed(read(",,q\nx,0,1\nx,1,2\n"), "the first 2 columns", "Unnamed: 0, Unnamed: 1");
  }

  @Test
  void shouldTakeAnIndexThatIsAskedFor() throws IOException {
    String text = ",a\n0,1.5\n1,2.0\n";
    Table all = read(text, DEFAULTS.withColumns(List.of("Unnamed: 0", "a")));
    assertArrayEquals(new double[] {1, 2}, all.row(1));
    assertEquals(List.of(), all.notices());
    assertEquals(List.of(), read(text, DEFAULTS.withDrop(Set.of("Unnamed: 0"))).notices());
  }

  @Test
  void shouldReadNumberedColumnsOverAnIndex() throws IOException {
    // pandas.DataFrame([[1.5, 2], [3, 4]]).to_csv()
    Table table = read(",0,1\n0,1.5,2\n1,3.0,4\n");
    assertEquals(List.of("0", "1"), names(table));
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {1.5, 2}, table.row(0));
    assertEquals(List.of("410", "400"), names(read(",410,400\n0,1.5,2\n1,3.0,4\n")));
    // No index: a value that is missing.
    InvalidInputException missing =
        assertThrows(InvalidInputException.class, () -> read(",5,7\n8,1.5,2\n3,3.0,4\n"));
    assertTrue(String.valueOf(missing.getMessage()).contains("line 1"), missing.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,\n1,2,\n3,4,\n",
        "a,b\n1,2,\n3,4,\n",
        "a,b,\n1,2\n3,4\n",
        "a,b,,,\n1,2,,,\n3,4,,,\n",
        "a,b, \n1,2,\n \n3,4,\"\"\n"
      })
  void shouldTakeNoColumnFromATrailingSeparator(String text) throws IOException {
    Table table = read(text);
    assertEquals(List.of("a", "b"), names(table));
    assertArrayEquals(new double[] {1, 2}, table.row(0));
    assertArrayEquals(new double[] {3, 4}, table.row(1));
  }

  @Test
  void shouldMissAValueAtTheEndOfALineWhereTheColumnHasAName() {
    InvalidInputException missing =
        assertThrows(InvalidInputException.class, () -> read("a,b,c\n1,2,\n3,4,\n"));
    assertTrue(String.valueOf(missing.getMessage()).contains("line 2, column c"));
    assertThrows(InvalidInputException.class, () -> read("a,b,\n1,2,\n3,4,5\n"));
    assertThrows(InvalidInputException.class, () -> read("1,2,\n3,4,5\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep=;\na;b\n1;2\n",
        "SEP=;\r\na;b\r\n1;2\r\n",
        "\ufeffsep=;\na;b\n1;2\n",
        "\"sep=;\"\na;b\n1;2\n",
        "sep=\t\na\tb\n1\t2\n",
        "sep=|\na|b\n1|2\n"
      })
  void shouldFollowAFirstLineThatNamesTheSeparator(String text) throws IOException {
    Table table = read(text);
    assertEquals(List.of("a", "b"), names(table));
    assertArrayEquals(new double[] {1, 2}, table.row(0));
    TableProblem problem = refused(text.replace('1', 'x'), DEFAULTS);
    assertTrue(String.valueOf(problem.getMessage()).contains("line 3, column a"));
  }

  @Test
  void shouldNotTakeAColumnForTheNameOfASeparator() throws IOException {
    assertEquals(List.of("sep=", "b"), names(read("sep=,b\n1,2\n")));
    assertEquals(List.of("sep=;x"), names(read("sep=;x\n1\n")));
    assertThrows(InvalidInputException.class, () -> read("sep=\"\na\n1\n"));
  }

  @Test
  void shouldReadDecimalCommas() throws IOException {
    CsvOptions german = DEFAULTS.withSeparator(';').withDecimal(',');
    Table table = read("a;b\n1,5;-2\n,25;1,5e2\n", german);
    assertArrayEquals(new double[] {1.5, -2}, table.row(0));
    assertArrayEquals(new double[] {0.25, 150}, table.row(1));
    Table quoted = read("a,b\n\"1,5\",2\n", DEFAULTS.withDecimal(','));
    assertArrayEquals(new double[] {1.5, 2}, quoted.row(0));
    Table codes = read("a;b\n1,5;1\n2,5;2\n", german.withCategorical(Set.of("a")));
    assertArrayEquals(new double[] {2.5, 2}, codes.row(1));
    assertEquals(List.of("x1", "x2"), names(read("1,5;2,5\n3;4\n", german)));
    assertThrows(InvalidInputException.class, () -> DEFAULTS.withDecimal(';'));
  }

  @Test
  void shouldSendNobodyBackAndForthBetweenTwoRemedies() throws IOException {
    String text = "a;b\n1,5;2\n3,5;4\n";
    TableProblem first = refused(text, DEFAULTS);
    assertEquals(new TableProblem.Remedy.UseSeparator(';', ','), first.remedy());
    TableProblem second = refused(text, DEFAULTS.withSeparator(';'));
    assertEquals(new TableProblem.Remedy.UseDecimal(','), second.remedy());
    assertTrue(String.valueOf(second.getMessage()).contains("decimal point, got '1,5'"));
    TableProblem third = refused(text, DEFAULTS.withDecimal(','));
    assertEquals(new TableProblem.Remedy.UseSeparator(';', ','), third.remedy());
    assertArrayEquals(
        new double[] {3.5, 4}, read(text, DEFAULTS.withSeparator(';').withDecimal(',')).row(1));
    // The other way round, and a text that holds separators.
    assertEquals(
        new TableProblem.Remedy.UseDecimal('.'),
        refused("a;b\n1.5;2\n", DEFAULTS.withSeparator(';').withDecimal(',')).remedy());
    assertEquals(
        new TableProblem.Remedy.NameCategorical("t"),
        refused("n,t\n1,x;y\n2,z;y\n", DEFAULTS).remedy());
  }

  @Test
  void shouldRefuseThousandsThatAreSetApart() {
    for (String value : List.of("\"1,234\"", "\"1,234.5\"", "1 234", "1'234")) {
      TableProblem problem = refused("a,b\n%s,2.5\n".formatted(value), DEFAULTS);
      assertTrue(String.valueOf(problem.getMessage()).contains("thousands"), problem.getMessage());
      assertNull(problem.remedy());
    }
    CsvOptions german = DEFAULTS.withSeparator(';').withDecimal(',');
    assertTrue(
        String.valueOf(refused("a;b\n1.234;2,5\n", german).getMessage()).contains("thousands"));
    assertTrue(
        String.valueOf(refused("a;b\n1.2;2,5\n", german).getMessage()).contains("as others"));
  }

  @Test
  void shouldCodeCategoriesAsPandasDoes() throws IOException {
    List<String> values =
        List.of(
            " Ulm",
            "Ulm",
            "ulm",
            "Ulm ",
            "Äpfel",
            "Zug",
            "\ud83d\ude00",
            "\uffe5",
            "none",
            "?",
            "10",
            "9");
    String text = "x,c\n1," + String.join("\n1,", values) + "\n";
    Table table = read(text, DEFAULTS.withCategorical(Set.of("c")));
    // pandas.Categorical(pandas.read_csv(...).c).categories
    List<String> sorted =
        List.of(
            " Ulm",
            "10",
            "9",
            "?",
            "Ulm",
            "Ulm ",
            "Zug",
            "none",
            "ulm",
            "Äpfel",
            "\uffe5",
            "\ud83d\ude00");
    Column.Categorical column = (Column.Categorical) table.columns().get(1);
    assertEquals(sorted, column.categories().stream().map(Column.Category::value).toList());
    assertEquals(0, table.row(0)[1]);
    assertEquals(4, table.row(1)[1]);
    assertEquals(11, table.row(6)[1]);
    assertEquals(10, table.row(7)[1]);
  }

  @Test
  void shouldRefuseCategoriesThatPandasHasForMissing() {
    for (String missing : List.of("", " ", "NA", "None", "<NA>", "null")) {
      assertThrows(
          InvalidInputException.class,
          () -> read("x,c\n1,a\n2," + missing + "\n", DEFAULTS.withCategorical(Set.of("c"))));
    }
  }

  @Test
  void shouldNoticeAFirstLineOfNumbers() throws IOException {
    for (String text : List.of("0,1,2\n5,6,7\n", "2019,2020,2021\n1.5,2,3\n", "400\n1\n")) {
      assertNoticed(read(text), "all numbers", "row 0", "whether it is a header");
      assertEquals(List.of(), read(text, DEFAULTS.withHeader(CsvOptions.Header.NO)).notices());
      assertEquals(List.of(), read(text, DEFAULTS.withHeader(CsvOptions.Header.YES)).notices());
    }
    assertEquals(List.of("id", "2019"), names(read("id,2019\n1,2.5\n")));
    assertEquals(List.of(), read("id,2019\n1,2.5\n").notices());
    assertEquals(
        List.of("x1", "x2"),
        names(read("Ulm,1\nBonn,2\n", DEFAULTS.withCategorical(Set.of("x1")))));
  }

  @Test
  void shouldNoticeWholeNumbersThatDoublePrecisionDoesNotKeep() throws IOException {
    assertNoticed(
        read("id,x\n1234567890123456789,1\n1234567890123456790,2\n"),
        "column id",
        "1234567890123456789 in line 2",
        "identifier");
    assertEquals(List.of(), read("id,x\n9007199254740992,1\n1e23,2\n").notices());
  }

  @Test
  void shouldReadManyCategoriesAndManyColumnsInSeconds() {
    StringBuilder tall = new StringBuilder("x,c\n");
    for (int i = 0; i < 100_000; i++) {
      tall.append(i).append(",k").append(i * 7919L % 100_003).append('\n');
    }
    StringJoiner head = new StringJoiner(",", "", "\n");
    StringJoiner row = new StringJoiner(",", "", "\n");
    IntStream.range(0, 60_000).forEach(j -> head.add("column" + j));
    IntStream.range(0, 60_000).forEach(j -> row.add("1." + j));
    Set<String> categorical = Set.of("c");
    // Reading took 115 and 7 seconds as long as it was quadratic; it takes 2 and 0.3.
    assertTimeout(
        Duration.ofSeconds(30), () -> read(tall.toString(), DEFAULTS.withCategorical(categorical)));
    assertTimeout(Duration.ofSeconds(5), () -> read(head.toString() + row + row, DEFAULTS));
  }
}
