package dev.quicklime.report.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.quicklime.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperTableTest {

  private static final PaperTable TABLE =
      new PaperTable(
          "table-01-cat_1",
          "R² of “50 % grey” & of a_b; a dash stands for nothing.",
          List.of("class", "R²", "its error"),
          List.of(
              List.of("crow, \"black\"", "−0.25", "2.5×10⁻⁷"),
              List.of("{salt} & ~pepper", "–", "+1.50 ± 0.06")));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "50 % & #1|50 \\% \\& \\#1",
        "a_b^c~d|a\\_b\\textasciicircum{}c\\textasciitilde{}d",
        "{x}\\y$z|\\{x\\}\\textbackslash{}y\\$z",
        "“star”|``star''",
        "R² −0.5 ± 0.1|R$^{2}$ $-$0.5 $\\pm$ 0.1",
        "2.5×10⁻¹²|2.5$\\times$10$^{-12}$",
        "< 0.001|$<$ 0.001",
        "Kendall τ – é|Kendall $\\tau$ -- é",
      })
  void shouldEscapeWhatLatexWouldTakeForItsOwn(String text, String escaped) {
    assertEquals(escaped, Latex.escape(text));
  }

  @Test
  void shouldLeaveNothingThatEndsARowOrACell() {
    String all = "\\ & % $ # _ { } ~ ^ \n \t end";
    String escaped = Latex.escape(all);
    assertEquals(-1, escaped.indexOf('\n'));
    for (char special : "&%#_".toCharArray()) {
      int at = escaped.indexOf(special);
      assertEquals('\\', escaped.charAt(at - 1), escaped);
    }
    assertTrue(!escaped.contains("\\\\"), escaped);
  }

  @Test
  void shouldWriteATableInTheStyleOfBooktabs() throws IOException {
    TABLE.write(folder);
    String text = Files.readString(folder.resolve("table-01-cat_1.tex"));
    for (String part :
        List.of(
            "\\usepackage{booktabs}",
            "\\cite{quicklime}",
            "\\toprule",
            "\\midrule",
            "\\bottomrule",
            "\\begin{tabular}{lrr}",
            "\\label{tab:table-01-cat_1}",
            "50 \\% grey''",
            "\\{salt\\} \\& \\textasciitilde{}pepper & -- & +1.50 $\\pm$ 0.06 \\\\")) {
      assertTrue(text.contains(part), part + " in\n" + text);
    }
    assertEquals(
        text.chars().filter(c -> c == '{').count(), text.chars().filter(c -> c == '}').count());
  }

  @Test
  void shouldReadBackWhatItWroteAsCsv() throws IOException {
    TABLE.write(folder);
    CsvMapper mapper = new CsvMapper();
    try (MappingIterator<String[]> read =
        mapper
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .readValues(folder.resolve("table-01-cat_1.csv").toFile())) {
      List<List<String>> rows = read.readAll().stream().map(Arrays::asList).toList();
      assertEquals(List.of("class", "R²", "its error"), rows.get(0));
      assertEquals(List.of("crow, \"black\"", "-0.25", "2.5e-7"), rows.get(1));
      assertEquals(List.of("{salt} & ~pepper", "", "+1.50 ± 0.06"), rows.get(2));
      assertEquals(2.5e-7, Double.parseDouble(rows.get(1).get(2)));
    }
  }

  @Test
  void shouldCiteAsTheRepositoryAsks() throws IOException {
    Citation.write(folder);
    String entry = Files.readString(folder.resolve("quicklime.bib"));
    String asked = Files.readString(Path.of("..", "..", "CITATION.cff"));
    assertTrue(entry.startsWith("@misc{quicklime,"), entry);
    assertTrue(asked.contains("title: Quicklime\n") && entry.contains("title = {Quicklime}"));
    assertTrue(asked.contains("name: The Quicklime authors\n"));
    assertTrue(entry.contains("author = {{The Quicklime authors}}"), entry);
    assertTrue(entry.contains("version = {" + Versions.quicklime() + "}"), entry);
  }
}
