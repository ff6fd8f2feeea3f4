package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Prints;
import java.awt.image.BufferedImage;
import java.util.Objects;

/**
 * Explanations as images for programs that show them themselves, in the colours of the reports but
 * without any lettering: orange for superpixels that speak for the class, blue for those against
 * it, the stronger the weight the stronger the colour. Every image has the size of the explained
 * picture and is a new one, opaque, of type {@link BufferedImage#TYPE_INT_RGB}. May be called by
 * several threads at once.
 */
public final class HeatMaps {

  private static final int WHITE = 0xffffff;

  private HeatMaps() {}

  /**
   * The colours of the weights alone; white where the weight is 0 or where the picture was cropped
   * away before the model. The weights themselves are {@link Explanation#heatMap}.
   *
   * @param classIndex index of an explained class, as the model counts
   * @throws InvalidInputException if that class was not explained
   */
  public static BufferedImage heatMap(Explanation explanation, int classIndex) {
    return heatMap(explanation, classIndex, Show.BOTH);
  }

  /**
   * The same of some of the weights.
   *
   * @param classIndex index of an explained class, as the model counts
   * @param show which weights have a colour
   * @throws InvalidInputException if that class was not explained
   */
  public static BufferedImage heatMap(Explanation explanation, int classIndex, Show show) {
    ShownWeights weights = weights(explanation, classIndex, show);
    Heat heat = Heat.upTo(weights.largest());
    FigureSize size = size(explanation);
    LabelGrid grid = LabelGrid.of(explanation, size);
    int[] rgb = new int[size.width() * size.height()];
    for (int i = 0; i < rgb.length; i++) {
      int superpixel = grid.label(i);
      rgb[i] = superpixel == LabelGrid.OUTSIDE ? WHITE : heat.rgb(weights.weight(superpixel));
    }
    return new Pixels(size.width(), size.height(), rgb).image();
  }

  /**
   * The colours over the picture, which is faint and gray beneath them, since its own would be
   * taken for those of weights. What was cropped away before the model is the picture as it is.
   *
   * @param classIndex index of an explained class, as the model counts
   * @throws InvalidInputException if that class was not explained
   */
  public static BufferedImage overlay(Explanation explanation, int classIndex) {
    return overlay(explanation, classIndex, Show.BOTH);
  }

  /**
   * The same of some of the weights.
   *
   * @param classIndex index of an explained class, as the model counts
   * @param show which weights have a colour
   * @throws InvalidInputException if that class was not explained
   */
  public static BufferedImage overlay(Explanation explanation, int classIndex, Show show) {
    ShownWeights weights = weights(explanation, classIndex, show);
    FigureSize size = size(explanation);
    LabelGrid grid = LabelGrid.of(explanation, size);
    HeatLayer layer = new HeatLayer(grid, weights, size.line());
    Pixels picture = Pixels.draw(explanation.picture(), size);
    int[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      if (grid.label(i) != LabelGrid.OUTSIDE) {
        int colour = layer.argb(i);
        rgb[i] = Pixels.mix(Prints.pale(rgb[i]), colour & WHITE, (colour >>> 24) / 255.0);
      }
    }
    return picture.image();
  }

  private static ShownWeights weights(Explanation explanation, int classIndex, Show show) {
    return new ShownWeights(
        explanation.explained(classIndex).fit(), Objects.requireNonNull(show, "show"));
  }

  private static FigureSize size(Explanation explanation) {
    return new FigureSize(explanation.picture().width(), explanation.picture().height());
  }
}
