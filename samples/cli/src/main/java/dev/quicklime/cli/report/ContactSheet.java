package dev.quicklime.cli.report;

import dev.quicklime.Explanation;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some perturbed samples side by side, each with its numbers.
 *
 * @param explanation whose samples
 * @param unit of their values
 * @param rows which samples, 0 being the original
 */
record ContactSheet(Explanation explanation, Unit unit, List<Integer> rows) {

  private static final int MOST = 8;
  private static final int COLUMNS = 4;
  private static final double SMALL_TILE = 200;
  private static final double LARGE_TILE = 300;
  private static final float LINES = 5.6f;

  /** The original and up to seven others, spread over all of them. */
  static ContactSheet of(Explanation explanation, Unit unit) {
    int samples = explanation.samples().rows();
    int shown = Math.min(MOST, samples);
    List<Integer> rows =
        IntStream.range(0, shown)
            .mapToObj(i -> shown == 1 ? 0 : (int) ((long) i * (samples - 1) / (shown - 1)))
            .toList();
    return new ContactSheet(explanation, unit, rows);
  }

  /** Draws the sheet. */
  Plate draw() {
    FigureSize tile =
        FigureSize.of(
            explanation.segments().width(),
            explanation.segments().height(),
            SMALL_TILE,
            LARGE_TILE);
    int cell = Math.max(tile.width(), (int) SMALL_TILE);
    int gap = cell / 16;
    int columns = Math.min(COLUMNS, rows.size());
    int lines = (rows.size() + columns - 1) / columns;
    Typeface type = new Typeface(cell / 12.5f);
    int text = Math.round(type.size() * LINES);
    Plate plate = Plate.blank(columns * (cell + gap) + gap, lines * (tile.height() + text) + gap);
    for (int i = 0; i < rows.size(); i++) {
      int x = gap + i % columns * (cell + gap);
      int y = gap + i / columns * (tile.height() + text);
      int row = rows.get(i);
      plate.put(
          Pixels.draw(explanation.perturbation().render(explanation.samples().masks(), row), tile),
          x,
          y);
      label(plate.graphics(), type, row, x, y + tile.height());
    }
    return plate;
  }

  private void label(Graphics2D g, Typeface type, int row, int x, int top) {
    double step = type.size() * 1.2;
    double baseline = top + type.size() * 1.25;
    g.setFont(type.bold());
    g.setColor(Typeface.INK);
    Typeface.left(g, name(row), x, baseline);
    g.setFont(type.small());
    Typeface.left(g, value(row), x, baseline + step);
    g.setColor(Typeface.MUTED);
    Typeface.left(g, parts(row), x, baseline + 2 * step);
    Typeface.left(g, "similarity " + similarity(row), x, baseline + 3 * step);
  }

  /** "Sample 143". */
  String name(int row) {
    return row == 0 ? "Original" : "Sample " + row;
  }

  /** "52 of 100 shown". */
  String parts(int row) {
    return "%d of %d shown"
        .formatted(explanation.samples().masks().countShown(row), explanation.segments().count());
  }

  /**
   * Likeness to the original, 0 to 1: the sample's weight in the fit, unless its design leaves it
   * out.
   */
  String similarity(int row) {
    int shown = explanation.samples().masks().countShown(row);
    return Numbers.fixed(
        explanation.provenance().options().locality().weight(shown, explanation.segments().count()),
        3);
  }

  /** Value of the target for the first class. */
  String value(int row) {
    return unit.noun() + " " + unit.text(explanation.samples().score(row, 0));
  }

  /** All numbers of one sample in a line. */
  String line(int row) {
    return "%s: %s, similarity %s, %s"
        .formatted(name(row), parts(row), similarity(row), value(row));
  }
}
