package dev.quicklime.bench.results;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The figures as one page of HTML that needs nothing beside itself. */
final class ReportPage {

  private static final String TEMPLATE = "report.mustache";

  private ReportPage() {}

  static String render(List<BenchmarkFigure> figures, String machine) {
    return Mustache.compiler()
        .compile(template())
        .execute(
            new Page(
                machine,
                base64(ResultChart.png(figures, ChartColours.LIGHT)),
                base64(ResultChart.png(figures, ChartColours.DARK)),
                figures.stream().map(Row::of).toList()));
  }

  /**
   * What the template sees.
   *
   * @param machine where it was measured
   * @param light chart on paper
   * @param dark chart on a dark screen
   * @param rows of the table
   */
  record Page(String machine, String light, String dark, List<Row> rows) {
    Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One figure.
   *
   * @param name class and method
   * @param settings parameters
   * @param score the mean
   * @param error of it, or empty
   * @param unit of both
   * @param bytes allocated, or empty
   */
  record Row(String name, String settings, String score, String error, String unit, String bytes) {

    static Row of(BenchmarkFigure figure) {
      List<String> cells = MarkdownTable.cells(figure);
      return new Row(
          cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5));
    }
  }

  private static String base64(byte[] png) {
    return Base64.getEncoder().encodeToString(png);
  }

  private static String template() {
    try (InputStream in = ReportPage.class.getResourceAsStream(TEMPLATE)) {
      return new String(
          Objects.requireNonNull(in, TEMPLATE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
