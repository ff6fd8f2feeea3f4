package dev.quicklime.cli.report;

import java.awt.Color;
import java.awt.Paint;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;

/** Bars in the colour of their sign, with whiskers where there are standard errors. */
final class WeightBars extends StatisticalBarRenderer {

  private static final long serialVersionUID = 1L;

  @Override
  public Paint getItemPaint(int row, int column) {
    Number value = getPlot().getDataset().getValue(row, column);
    return new Color(value != null && value.doubleValue() < 0 ? Heat.NEGATIVE : Heat.POSITIVE);
  }
}
