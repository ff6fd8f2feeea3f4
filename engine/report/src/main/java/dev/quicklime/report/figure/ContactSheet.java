package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some perturbed samples side by side, each with its binary vector and its numbers.
 *
 * @param explanation whose samples
 * @param unit of their values
 * @param rows which samples, 0 being the original
 * @param columns how many are side by side
 * @param lettering 1 for letters of which a tile is 12.5 wide, more for larger ones
 */
public record ContactSheet(
    Explanation explanation, Unit unit, List<Integer> rows, int columns, double lettering) {

  private static final double SMALL_TILE = 200;
  private static final double LARGE_TILE = 300;
  private static final float LINES = 5.6f;

  /** Cells of a vector side by side, and the most that are drawn: more could not be told apart. */
  private static final int CELLS = 25;

  private static final int MOST_CELLS = 500;
  private static final Color SHOWN = new Color(0x33404a);

  /**
   * The original and others, spread over all of them.
   *
   * @param most how many there are to be, if there are so many
   * @param columns how many are to be side by side
   */
  public static ContactSheet of(Explanation explanation, Unit unit, int most, int columns) {
    int samples = explanation.samples().rows();
    int shown = Math.min(most, samples);
    List<Integer> rows =
        IntStream.range(0, shown)
            .mapToObj(i -> shown == 1 ? 0 : (int) ((long) i * (samples - 1) / (shown - 1)))
            .toList();
    return new ContactSheet(explanation, unit, rows, Math.min(columns, shown), 1);
  }

  /** The same in larger letters. */
  public ContactSheet withLettering(double size) {
    return new ContactSheet(explanation, unit, rows, columns, size);
  }

  /** Draws the sheet. */
  Plate draw() {
    int cell = cell();
    int gap = cell / 16;
    int lines = (rows.size() + columns - 1) / columns;
    int high = high();
    Plate plate = blank(columns * (cell + gap) + gap, lines * high + gap);
    for (int i = 0; i < rows.size(); i++) {
      draw(plate, rows.get(i), gap + i % columns * (cell + gap), gap + i / columns * high);
    }
    return plate;
  }

  /** Each of its samples as a figure of its own, for a page that puts them side by side. */
  public List<Figure> tiles() {
    return rows.stream().map(this::tile).toList();
  }

  private Figure tile(int row) {
    Plate plate = blank(cell(), high());
    draw(plate, row, 0, 0);
    return plate.figure("sample-" + row, name(row), parts(row), line(row) + ".");
  }

  private Plate blank(int width, int height) {
    return Plate.blank(width, height).smallest(type().small().getSize2D());
  }

  private FigureSize tile() {
    return FigureSize.of(
        explanation.segments().width(), explanation.segments().height(), SMALL_TILE, LARGE_TILE);
  }

  private int cell() {
    return Math.max(tile().width(), (int) SMALL_TILE);
  }

  private Typeface type() {
    return new Typeface((float) (lettering * cell() / 12.5));
  }

  /** Of a tile with all that is beneath it. */
  private int high() {
    return tile().height() + vectorHeight(cell()) + Math.round(type().size() * LINES);
  }

  private void draw(Plate plate, int row, int x, int y) {
    FigureSize tile = tile();
    int cell = cell();
    Typeface type = type();
    MaskMatrix masks = explanation.samples().masks();
    plate.put(Pixels.draw(explanation.perturbation().render(masks, row), tile).image(), x, y);
    plate.draw(
        g -> {
          vector(g, row, x, y + tile.height(), cell);
          label(g, type, row, x, y + tile.height() + vectorHeight(cell));
        });
  }

  /** Height of a vector beneath a tile, 0 where it has too many cells. */
  private int vectorHeight(int width) {
    int count = explanation.segments().count();
    int lines = (count + CELLS - 1) / CELLS;
    return count > MOST_CELLS ? 0 : (lines + 1) * width / CELLS;
  }

  /** Draws a vector, row by row from superpixel 0 on, dark where it is shown. */
  private void vector(Graphics2D g, int row, int left, int top, int width) {
    if (vectorHeight(width) == 0) {
      return;
    }
    double side = (double) width / CELLS;
    Path2D shown = new Path2D.Double();
    Path2D filled = new Path2D.Double();
    for (int j = 0; j < explanation.segments().count(); j++) {
      Path2D squares = explanation.samples().masks().shown(row, j) ? shown : filled;
      squares.append(
          new Rectangle2D.Double(
              left + j % CELLS * side,
              top + (0.7 + Math.floorDiv(j, CELLS)) * side,
              side * 0.86,
              side * 0.86),
          false);
    }
    g.setColor(SHOWN);
    g.fill(shown);
    g.setColor(Typeface.RULE);
    g.fill(filled);
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

  /** Its binary vector in groups of ten digits, from superpixel 0 on. */
  public String vector(int row) {
    StringBuilder digits = new StringBuilder();
    for (int j = 0; j < explanation.segments().count(); j++) {
      digits.append(j > 0 && j % 10 == 0 ? " " : "");
      digits.append(explanation.samples().masks().shown(row, j) ? '1' : '0');
    }
    return digits.toString();
  }

  /** Whether vectors are drawn, not too long for it. */
  boolean drawsVectors() {
    return explanation.segments().count() <= MOST_CELLS;
  }

  /** What a row is called, {@code Sample 143} for instance; {@code Original} if it is row 0. */
  public String name(int row) {
    return row == 0 ? "Original" : "Sample " + row;
  }

  /** "52 of 100 shown". */
  public String parts(int row) {
    return "%s of %s shown"
        .formatted(explanation.samples().masks().countShown(row), explanation.segments().count());
  }

  /**
   * Likeness to the original, 0 to 1: the sample's weight in the fit, unless its design leaves it
   * out.
   */
  public String similarity(int row) {
    int shown = explanation.samples().masks().countShown(row);
    return Numbers.fixed(
        explanation.provenance().options().locality().weight(shown, explanation.segments().count()),
        3);
  }

  /** Value of the target for the first class. */
  public String value(int row) {
    return unit.noun() + " " + unit.text(explanation.samples().score(row, 0));
  }

  /** All numbers of one sample in a line. */
  public String line(int row) {
    return "%s: %s, similarity %s, %s"
        .formatted(name(row), parts(row), similarity(row), value(row));
  }
}
