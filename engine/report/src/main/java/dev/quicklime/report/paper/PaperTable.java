package dev.quicklime.report.paper;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table as files that papers take.
 *
 * @param name of the files, without folder and extension, of letters, digits, hyphens and dots
 * @param caption what a reader needs to read it
 * @param heads of the columns, the first that of the rows' names
 * @param rows texts, as many as heads
 */
public record PaperTable(String name, String caption, List<String> heads, List<List<String>> rows) {

  /** What stands for nothing in a page. */
  private static final String NOTHING = "–";

  private static final Pattern POWER = Pattern.compile("×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)");

  private static final CsvMapper MAPPER = new CsvMapper();

  /** Copies the texts. */
  public PaperTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(caption, "caption");
    heads = List.copyOf(heads);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * Writes {@code NAME.csv} and {@code NAME.tex}, over what is there.
   *
   * @param folder that is there
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(name + ".csv"), csv());
    Files.writeString(folder.resolve(name + ".tex"), latex());
  }

  /** With a comma between cells; minus signs as programs read them, and nothing where none is. */
  String csv() throws IOException {
    List<List<String>> lines = new ArrayList<>(List.of(heads));
    for (List<String> row : rows) {
      lines.add(row.stream().map(cell -> cell.equals(NOTHING) ? "" : readable(cell)).toList());
    }
    StringWriter text = new StringWriter();
    MAPPER.writer(CsvSchema.emptySchema()).writeValues(text).writeAll(lines).close();
    return text.toString();
  }

  /** Numbers as programs read them: "-2.5e-7" for "−2.5×10⁻⁷". */
  private static String readable(String cell) {
    return POWER
        .matcher(cell.replace('−', '-'))
        .replaceAll(
            found ->
                "e"
                    + found
                        .group(1)
                        .replace('⁻', '-')
                        .chars()
                        .mapToObj(c -> Latex.digit(c))
                        .collect(Collectors.joining()));
  }

  /** A floating table in the style of the package booktabs. */
  String latex() {
    String columns = "l" + "r".repeat(heads.size() - 1);
    return """
    %% Needs \\usepackage{booktabs}; \\cite{quicklime} is in quicklime.bib.
    \\begin{table}
      \\centering
      \\caption{%s}
      \\label{tab:%s}
      \\begin{tabular}{%s}
        \\toprule
        %s
        \\midrule
    %s
        \\bottomrule
      \\end{tabular}
    \\end{table}
    """
        .formatted(
            Latex.escape(caption),
            name,
            columns,
            line(heads),
            rows.stream().map(row -> "    " + line(row)).collect(Collectors.joining("\n")));
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Latex::escape).collect(Collectors.joining(" & ")) + " \\\\";
  }
}
