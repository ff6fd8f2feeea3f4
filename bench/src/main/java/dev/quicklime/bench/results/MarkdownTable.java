package dev.quicklime.bench.results;

import java.util.List;

/** The figures as a table in Markdown. */
final class MarkdownTable {

  private MarkdownTable() {}

  static String of(List<BenchmarkFigure> figures, String machine) {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmarks\n\n").append(machine).append(".\n\n");
    text.append("| benchmark | parameters | score | ± | unit | B/op |\n");
    text.append("|---|---|---:|---:|---|---:|\n");
    for (BenchmarkFigure figure : figures) {
      text.append("| ").append(String.join(" | ", cells(figure))).append(" |\n");
    }
    return text.toString();
  }

  /** What every table shows of a figure. */
  static List<String> cells(BenchmarkFigure figure) {
    Double bytes = figure.bytes();
    return List.of(
        figure.shortName(),
        figure.settings(),
        Digits.of(figure.score()),
        Double.isNaN(figure.error()) ? "" : Digits.of(figure.error()),
        figure.unit(),
        bytes == null ? "" : Digits.of(bytes < 1 ? 0 : Math.rint(bytes)));
  }
}
