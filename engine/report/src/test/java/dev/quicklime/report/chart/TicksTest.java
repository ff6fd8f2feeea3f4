package dev.quicklime.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written beside axes, read back as a reader does. */
class TicksTest {

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** The number that a label says. */
  private static BigDecimal read(String label) {
    String text = label.replace('−', '-').replace(",", "");
    if (text.endsWith(" %")) {
      return read(text.substring(0, text.length() - 2)).movePointLeft(2);
    }
    int power = text.indexOf("10");
    boolean powered = text.matches("-?(.*×)?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+");
    if (!powered) {
      return new BigDecimal(text);
    }
    if (text.contains("×")) {
      power = text.indexOf('×') + 1;
    }
    StringBuilder exponent = new StringBuilder();
    for (char sign : text.substring(power + 2).toCharArray()) {
      exponent.append(sign == '⁻' ? "-" : Integer.toString(SUPERSCRIPTS.indexOf(sign)));
    }
    String mantissa =
        text.contains("×") ? text.substring(0, power - 1) : text.substring(0, power) + "1";
    return new BigDecimal(mantissa).scaleByPowerOfTen(Integer.parseInt(exponent.toString()));
  }

  @Test
  void shouldReadLabelsAsTheyAreMeant() {
    assertEquals(0, new BigDecimal("-0.00025").compareTo(read("−2.5×10⁻⁴")));
    assertEquals(0, new BigDecimal("1e-12").compareTo(read("10⁻¹²")));
    assertEquals(0, new BigDecimal("1024").compareTo(read("1,024")));
    assertEquals(0, new BigDecimal("0.35").compareTo(read("35 %")));
  }

  private static void assertDistinctAndRight(List<Double> values, List<String> labels) {
    assertEquals(labels.size(), new HashSet<>(labels).size(), labels.toString());
    for (int i = 0; i < labels.size(); i++) {
      double told = read(labels.get(i)).doubleValue();
      assertEquals(values.get(i), told, 1e-12 * Math.abs(told), labels.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.8437, 1",
    "0.8, 1",
    "0, 1",
    "-0.013, 0.0121",
    "1e-7, 9e-7",
    "-3e-12, 8e-12",
    "12345678, 12345999",
    "0.99991, 1.00003",
    "-5e8, 3e8",
    "3, 3.0000001",
    "999.5, 1000.5",
    "0.00004, 0.00013",
    "0, 7",
    "-1e-300, 1e-300",
    "0, 1e300",
  })
  void shouldTellTicksOfAwkwardRangesApart(double low, double high) {
    List<Ticks> rows = Ticks.of(low, high, 0);
    assertTrue(rows.size() > 2, "rows " + rows.size());
    for (Ticks row : rows) {
      assertDistinctAndRight(
          row.values().stream().map(BigDecimal::doubleValue).toList(), row.labels());
    }
    for (int length : new int[] {60, 150, 400, 900}) {
      for (RectangleEdge edge : new RectangleEdge[] {RectangleEdge.LEFT, RectangleEdge.BOTTOM}) {
        ValueAxis axis = Charts.axis("x", low, high);
        assertShown(axis, edge, length);
      }
    }
  }

  private static void assertShown(ValueAxis axis, RectangleEdge edge, int length) {
    List<NumberTick> ticks = ticks(axis, edge, length).stream().filter(TicksTest::isSaid).toList();
    assertFalse(ticks.isEmpty(), "length " + length);
    assertDistinctAndRight(
        ticks.stream().map(NumberTick::getValue).toList(),
        ticks.stream().map(NumberTick::getText).toList());
    assertApart(axis, edge, length, ticks);
  }

  private static boolean isSaid(NumberTick tick) {
    return !tick.getText().isEmpty();
  }

  private static List<NumberTick> ticks(ValueAxis axis, RectangleEdge edge, int length) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    List<NumberTick> ticks = new java.util.ArrayList<>();
    for (Object tick :
        axis.refreshTicks(g, new AxisState(), new Rectangle2D.Double(0, 0, length, length), edge)) {
      ticks.add((NumberTick) tick);
    }
    g.dispose();
    return ticks;
  }

  /** No label reaches into the next. */
  private static void assertApart(
      ValueAxis axis, RectangleEdge edge, int length, List<NumberTick> ticks) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = g.getFontMetrics(axis.getTickLabelFont());
    g.dispose();
    Rectangle2D area = new Rectangle2D.Double(0, 0, length, length);
    boolean across = RectangleEdge.isTopOrBottom(edge);
    for (int i = 1; i < ticks.size(); i++) {
      double distance =
          Math.abs(
              axis.valueToJava2D(ticks.get(i).getValue(), area, edge)
                  - axis.valueToJava2D(ticks.get(i - 1).getValue(), area, edge));
      double taken =
          across
              ? (metrics.stringWidth(ticks.get(i).getText())
                      + metrics.stringWidth(ticks.get(i - 1).getText()))
                  / 2.0
              : metrics.getAscent();
      assertTrue(distance > taken, ticks.get(i - 1).getText() + " " + ticks.get(i).getText());
    }
  }

  @Test
  void shouldStepThroughSharesThatOneDecimalCannotTell() {
    // Six steps of 0.05 written with one decimal read 1.0, 0.9, 0.9, 0.9, 0.8, 0.8.
    List<String> labels =
        ticks(Charts.axis("coverage", 0.75, 1), RectangleEdge.LEFT, 200).stream()
            .map(NumberTick::getText)
            .toList();
    assertEquals(List.of("0.75", "0.80", "0.85", "0.90", "0.95", "1.00"), labels);
  }

  @Test
  void shouldWriteCountsAndPercentages() {
    ValueAxis counts = Charts.counts("samples");
    counts.setRange(0, 2.6);
    assertEquals(
        List.of("0", "1", "2"),
        ticks(counts, RectangleEdge.LEFT, 400).stream().map(NumberTick::getText).toList());
    assertShown(Charts.shares("superpixels filled"), RectangleEdge.BOTTOM, 400);
    assertTrue(
        ticks(Charts.shares("x"), RectangleEdge.BOTTOM, 400).stream()
            .allMatch(tick -> tick.getText().endsWith(" %")));
  }

  @ParameterizedTest
  @CsvSource({
    "2.1, 2.3",
    "3, 3",
    "0.011, 0.019",
    "1e-9, 1e3",
    "0.0004, 0.8",
    "17, 1600",
    "1.5e-7, 1.6e-7",
  })
  void shouldHaveTicksOnNarrowAndWideLogarithmicAxes(double low, double high) {
    for (RectangleEdge edge : new RectangleEdge[] {RectangleEdge.LEFT, RectangleEdge.BOTTOM}) {
      ValueAxis axis = LogTicksAxis.over("error", low, high);
      Charts.letter(axis);
      long said = ticks(axis, edge, 400).stream().filter(TicksTest::isSaid).count();
      assertTrue(said >= 3, said + " labels from " + low + " to " + high);
      assertShown(axis, edge, 400);
    }
  }
}
