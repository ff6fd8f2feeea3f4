package dev.quicklime.report.study;

import dev.quicklime.report.drawing.FigureSize;
import java.util.List;
import java.util.Locale;

/**
 * How large panels are on paper, as {@code study.css} prints them on A4: three in a row, or all six
 * where a picture has many classes.
 */
enum PaperSize {
  /** Rows of three. */
  ROWS(166, 93.5, 240, 180),
  /** One row of six, the chart half as wide again as a picture. */
  ROW(73, 96, 166, 150);

  /** The smallest lettering on paper, in points. */
  static final double LEAST = 8;

  /** Of rounding, and of what a browser takes for borders. */
  private static final double SPARE = 1.04;

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
    return panels.stream()
        .filter(panel -> panel.shape() == StudyPanel.Shape.PICTURE)
        .map(StudyPanel::shown)
        .findFirst()
        .map(figure -> tags(figure.width(), figure.height()))
        .orElse("1");
  }

  private String tags(int width, int height) {
    double pointsOfPixel = Math.min(columnPoints / width, rowPoints / height);
    FigureSize size = new FigureSize(width, height).withLettering(PictureSection.LETTERING);
    double printed = size.tags().tag().getSize2D() * pointsOfPixel;
    return String.format(Locale.ROOT, "%.2f", Math.max(1, SPARE * LEAST / printed));
  }
}
