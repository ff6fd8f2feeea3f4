package dev.quicklime.report.figure;

import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The key to a heat map: its colours in a row, with numbers and their unit.
 *
 * @param heat the colours
 * @param show which signs there are
 * @param axis what the numbers are, with their unit
 */
record ColourBar(Heat heat, Show show, String axis) {

  private static final int TICKS = 4;

  /** From the middle of a number to that of the next, in widths of the widest. */
  private static final double GAP = 1.2;

  /** Numbers with more are written with a power of ten. */
  private static final int MOST_DECIMALS = 6;

  /** The limit is a round number, of which binary fractions are not. */
  private static final MathContext ROUND = new MathContext(6);

  /** Colours; more could not be told apart. */
  private static final int STEPS = 80;

  /** Height of the whole for a lettering. */
  static int height(Typeface type) {
    return Math.round(type.size() * 4.6f);
  }

  /** Draws it into a panel. */
  void draw(Graphics2D g, Typeface type, int top, int width) {
    double margin = type.size() * 2;
    double length = width - 2 * margin;
    double y = top + type.size() * 0.8;
    double thickness = type.size() * 0.8;
    double step = length / STEPS;
    for (int i = 0; i < STEPS; i++) {
      g.setColor(new Color(heat.rgb(low() + (high() - low()) * (i + 0.5) / STEPS)));
      // Each reaches under the next, so that no seam is seen between them.
      double reach = i + 1 < STEPS ? step + 1 : step;
      g.fill(new Rectangle2D.Double(margin + i * step, y, reach, thickness));
    }
    // The first colours are as good as the ground; the frame says where they begin.
    g.setColor(Typeface.AXIS);
    g.draw(new Rectangle2D.Double(margin, y, length, thickness));
    g.setFont(type.small());
    g.setColor(Typeface.INK);
    double baseline = y + thickness + type.size() * 1.15;
    if (heat.limit() == 0) {
      Typeface.centred(g, "0", margin + length * -low() / (high() - low()), baseline);
    } else {
      ticks(g, margin, length, baseline);
    }
    g.setColor(Typeface.MUTED);
    double last = baseline + type.size() * 1.3;
    Typeface.centred(g, axis, width / 2.0, last);
    if (show != Show.POSITIVE) {
      Typeface.left(g, "against", margin, last);
    }
    if (show != Show.NEGATIVE) {
      Typeface.right(g, "for", margin + length, last);
    }
  }

  /** Numbers at quarters, halves or ends of the bar, as close as they have room, not rounded. */
  private void ticks(Graphics2D g, double left, double length, double baseline) {
    for (int parts = TICKS; parts >= 1; parts /= 2) {
      List<String> labels = labels(parts);
      double widest = labels.stream().mapToInt(g.getFontMetrics()::stringWidth).max().orElse(0);
      if (widest * GAP <= length / parts || parts == 1) {
        for (int i = 0; i <= parts; i++) {
          Typeface.centred(g, labels.get(i), left + length * i / parts, baseline);
        }
        return;
      }
    }
  }

  /** Numbers at the ends of so many parts of the bar; where there is no weight, meaningless. */
  List<String> labels(int parts) {
    BigDecimal end = new BigDecimal(heat.limit(), ROUND);
    BigDecimal low = show == Show.POSITIVE ? BigDecimal.ZERO : end.negate();
    BigDecimal high = show == Show.NEGATIVE ? BigDecimal.ZERO : end;
    BigDecimal step = high.subtract(low).divide(BigDecimal.valueOf(parts));
    List<BigDecimal> values =
        IntStream.rangeClosed(0, parts)
            .mapToObj(i -> low.add(step.multiply(BigDecimal.valueOf(i))).stripTrailingZeros())
            .toList();
    int decimals = values.stream().mapToInt(value -> Math.max(0, value.scale())).max().orElse(0);
    return values.stream()
        .map(
            value ->
                value.signum() == 0
                    ? "0"
                    : (value.signum() > 0 ? "+" : "")
                        + (decimals > MOST_DECIMALS
                            ? Numbers.power(value)
                            : Numbers.plain(value, decimals)))
        .toList();
  }

  private double low() {
    return show.low(span());
  }

  private double high() {
    return show.high(span());
  }

  /** Without any weight there is still a bar, white and with a 0. */
  private double span() {
    return heat.limit() > 0 ? heat.limit() : 1;
  }
}
