package dev.quicklime.report.figure;

import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.ScoreDigits;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/**
 * A table of classes with their scores, a bar under each as long as its probability.
 *
 * @param scores the classes, best first
 * @param digits how scores are written
 * @param single whether they are the one output of a regression, which has no probability
 */
record ScorePanel(List<ScoredClass> scores, ScoreDigits digits, boolean single) {

  private static final Color BAR = new Color(0x4b5a66);

  /** Height of the whole for a lettering. */
  int height(Typeface type) {
    return Math.round(type.size() * (2.6f + 2.2f * scores.size()));
  }

  /** Draws it into a panel. */
  void draw(Graphics2D g, Typeface type, int top, int width) {
    double unit = type.size();
    double left = unit * 0.5;
    double right = width - unit * 0.5;
    double raw = single ? right : right - unit * 6.4;
    double baseline = top + unit * 1.7;
    g.setFont(type.small());
    g.setColor(Typeface.MUTED);
    Typeface.left(g, single ? "output" : "class", left, baseline);
    Typeface.right(g, single ? "value" : "raw score", raw, baseline);
    if (!single) {
      Typeface.right(g, "probability", right, baseline);
    }
    for (ScoredClass scored : scores) {
      baseline += unit * 2.2;
      g.setFont(type.regular());
      g.setColor(Typeface.INK);
      String score = digits.score(scored.score());
      double room = raw - left - unit - g.getFontMetrics().stringWidth(score);
      Typeface.left(g, Typeface.cut(scored.label(), g.getFontMetrics(), room), left, baseline);
      Typeface.right(g, score, raw, baseline);
      if (!single) {
        Typeface.right(g, digits.probability(scored), right, baseline);
        bar(g, left, baseline + unit * 0.45, right - left, unit * 0.22, scored.probability());
      }
    }
  }

  private static void bar(
      Graphics2D g, double x, double y, double length, double width, double share) {
    g.setColor(Typeface.RULE);
    g.fill(new RoundRectangle2D.Double(x, y, length, width, width, width));
    g.setColor(BAR);
    g.fill(new RoundRectangle2D.Double(x, y, length * share, width, width, width));
  }
}
