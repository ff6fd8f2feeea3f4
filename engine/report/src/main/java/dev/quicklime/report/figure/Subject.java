package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.image.Placement;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import java.awt.Point;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What all figures of one explanation start from.
 *
 * @param name what the picture is called
 * @param explanation what is drawn
 * @param show which weights are shown
 * @param unit of the explained values
 * @param size of every drawn picture
 * @param picture its pixels, what the model does not get of it hatched
 * @param prints the same beneath layers
 * @param grid its superpixels
 * @param outlines of all superpixels, by label
 */
public record Subject(
    String name,
    Explanation explanation,
    Show show,
    Unit unit,
    FigureSize size,
    Pixels picture,
    Prints prints,
    LabelGrid grid,
    List<Contours.Outline> outlines) {

  private static final int HATCH = 0x9aa2a9;
  private static final int STRIPE = 0x7d868e;
  private static final int COARSE = 0xf0;

  /** Draws pictures at about their own size. */
  public static Subject of(String name, Explanation explanation, Show show) {
    return of(
        name,
        explanation,
        show,
        FigureSize.of(explanation.picture().width(), explanation.picture().height()));
  }

  /** Draws pictures at a given size. */
  public static Subject of(String name, Explanation explanation, Show show, FigureSize size) {
    LabelGrid grid = LabelGrid.of(explanation, size);
    Pixels picture = Pixels.draw(explanation.picture(), size);
    hatch(picture, grid);
    return new Subject(
        name,
        explanation,
        show,
        Unit.of(explanation),
        size,
        picture,
        Prints.of(picture, i -> grid.label(i) == LabelGrid.OUTSIDE),
        grid,
        Contours.of(explanation.segments()));
  }

  private static void hatch(Pixels picture, LabelGrid grid) {
    int period = Math.max(8, Math.max(picture.width(), picture.height()) / 50);
    int[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      if (grid.label(i) == LabelGrid.OUTSIDE) {
        int stripe = (i % picture.width() + i / picture.width()) % period;
        // Hardly seen under the hatching, where each level of gray would lengthen the file.
        int gray = 0x010101 * (Pixels.gray(rgb[i]) & COARSE);
        rgb[i] = Pixels.mix(gray, stripe < period / 4 ? STRIPE : HATCH, 0.75);
      }
    }
  }

  /** From pixels of the model's input to those of what is drawn. */
  public AffineTransform fromInput() {
    Placement placement = explanation.placement();
    double across = size.width() / (explanation.picture().width() * placement.scaleX());
    double down = size.height() / (explanation.picture().height() * placement.scaleY());
    return new AffineTransform(
        across, 0, 0, down, -placement.offsetX() * across, -placement.offsetY() * down);
  }

  /** Whether a superpixel has a pixel of the picture. */
  public boolean isSeen(int superpixel) {
    return grid.isSeen(superpixel);
  }

  /** The pixel of a seen superpixel, in what is drawn, next to its centroid. */
  public Point centre(int superpixel) {
    int[] at = grid.centre(superpixel);
    return new Point(at[0], at[1]);
  }

  /** The region of some superpixels. */
  Shape region(IntPredicate chosen) {
    Path2D region = new Path2D.Double(Path2D.WIND_NON_ZERO);
    IntStream.range(0, outlines.size())
        .filter(chosen)
        .forEach(superpixel -> outlines.get(superpixel).appendTo(region));
    region.transform(fromInput());
    return region;
  }

  /** How scores of the model are written. */
  public ScoreDigits digits() {
    return ScoreDigits.ofWhole(explanation.provenance().model());
  }

  /** Thickness of lines over the picture. */
  int line() {
    return size.line();
  }

  /** What is to be said wherever the picture is shown, beginning with a space, or nothing. */
  public String geometry() {
    StringBuilder text = new StringBuilder();
    if (grid.isCropped()) {
      text.append(" Hatched parts were cropped away: the model did not get them.");
    }
    int unseen = grid.unseen();
    if (unseen > 0) {
      text.append(" ")
          .append(Numbers.counted(unseen, "superpixel"))
          .append(
              unseen == 1
                  ? " lies in the padding around the picture and is not drawn."
                  : " lie in the padding around the picture and are not drawn.");
    }
    return text.toString();
  }
}
