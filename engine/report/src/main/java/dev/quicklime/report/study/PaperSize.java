package dev.quicklime.report.study;

import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.page.PaperBox;
import java.util.List;

/**
 * How large panels are on paper, as {@code study.css} prints them on A4: three in a row, or all six
 * where a picture has many classes.
 */
enum PaperSize {
  /** Rows of three. */
  ROWS(166, 93.5, 240, 180),
  /** One row of six, the chart half as wide again as a picture. */
  ROW(73, 96, 166, 150);

  private final double columnPoints;
  private final double rowPoints;
  private final int chartWidth;
  private final int chartHeight;

  PaperSize(double columnPoints, double rowPoints, int chartWidth, int chartHeight) {
    this.columnPoints = columnPoints;
    this.rowPoints = rowPoints;
    this.chartWidth = chartWidth;
    this.chartHeight = chartHeight;
  }

  /** The size for so many classes. */
  static PaperSize of(int classes, int many) {
    return classes > many ? ROW : ROWS;
  }

  /** Width of a chart, in units in which letters are 14 high and small ones no less than 8 pt. */
  int chartWidth() {
    return chartWidth;
  }

  /** Its height, in the same. */
  int chartHeight() {
    return chartHeight;
  }

  /** How many times larger numbers on pictures must be, as CSS has it. */
  String tags(List<StudyPanel> panels) {
    PaperBox box = new PaperBox(columnPoints, rowPoints);
    return panels.stream()
        .filter(panel -> panel.shape() == StudyPanel.Shape.PICTURE)
        .map(StudyPanel::shown)
        .findFirst()
        .map(figure -> new FigureSize(figure.width(), figure.height()))
        .map(size -> PaperBox.css(box.tags(size.withLettering(PictureSection.LETTERING))))
        .orElse("1");
  }
}
