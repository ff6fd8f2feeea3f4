package dev.quicklime.bench.results;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.report.drawing.Typeface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a run's files go to. Each gets its name when all are complete, so that an earlier
 * run's files stay until then.
 *
 * @param root the folder, there or not
 */
public record ResultFolder(Path root) {

  private static final String JSON = "results.json";
  private static final String MARKDOWN = "results.md";
  private static final String CHART = "chart.png";
  private static final String REPORT = "report.html";

  /**
   * Finds out before hours of measuring whether its result can be drawn and written.
   *
   * @throws InvalidInputException if not
   * @throws dev.quicklime.QuicklimeException if there are no fonts
   */
  public static ResultFolder at(Path root) {
    OutputFolder.at(root);
    Typeface.forWidth(1).regular();
    return new ResultFolder(root);
  }

  /**
   * Writes all files.
   *
   * @param json JMH's own
   * @param machine where it was measured, for people
   * @return the figures in it
   */
  public List<BenchmarkFigure> write(byte[] json, String machine) throws IOException {
    Files.createDirectories(root);
    try (HiddenFolder hidden = HiddenFolder.in(root)) {
      Path unfinished = hidden.path();
      Files.write(unfinished.resolve(JSON), json);
      // First of all, so that nothing that drawing may meet loses what was measured.
      move(unfinished, JSON);
      List<BenchmarkFigure> figures = read();
      Files.writeString(unfinished.resolve(MARKDOWN), MarkdownTable.of(figures, machine));
      Files.write(unfinished.resolve(CHART), ResultChart.png(figures, ChartColours.LIGHT));
      Files.writeString(unfinished.resolve(REPORT), ReportPage.render(figures, machine));
      move(unfinished, MARKDOWN);
      move(unfinished, CHART);
      move(unfinished, REPORT);
      return figures;
    }
  }

  private void move(Path unfinished, String name) throws IOException {
    Files.move(unfinished.resolve(name), root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<BenchmarkFigure> read() throws IOException {
    try {
      return JmhJson.read(root.resolve(JSON));
    } catch (InvalidInputException e) {
      throw new IllegalStateException("what was measured cannot be drawn", e);
    }
  }

  /** The figures as they are in the Markdown file. */
  public static List<String> table(List<BenchmarkFigure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "score", "±", "unit", "B/op"));
    figures.forEach(figure -> rows.add(MarkdownTable.cells(figure)));
    return TextTable.lines(rows);
  }
}
