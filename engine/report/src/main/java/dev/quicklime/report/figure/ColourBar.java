package dev.quicklime.report.figure;

import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * The key to a heat map: its colours in a row, with numbers and their unit.
 *
 * @param heat the colours
 * @param show which signs there are
 * @param axis what the numbers are, with their unit
 */
record ColourBar(Heat heat, Show show, String axis) {

  private static final int TICKS = 4;

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
    g.setColor(Typeface.RULE);
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

  private void ticks(Graphics2D g, double left, double length, double baseline) {
    int decimals = Numbers.decimals(heat.limit());
    for (int i = 0; i <= TICKS; i++) {
      double value = low() + (high() - low()) * i / TICKS;
      Typeface.centred(g, Numbers.signed(value, decimals), left + length * i / TICKS, baseline);
    }
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
