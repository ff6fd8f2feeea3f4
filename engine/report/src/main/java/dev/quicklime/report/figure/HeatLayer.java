package dev.quicklime.report.figure;

import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;

/** The colours of one class's weights over a picture, edges of superpixels darker. */
final class HeatLayer {

  private static final int CLEAR = 0;

  private static final double INKED = 0.78;

  private final LabelGrid grid;
  private final Heat heat;
  private final boolean[] edges;

  /** Colours of each superpixel, and of the edges within it. */
  private final int[] inner;

  private final int[] edge;

  /**
   * Colours for each pixel of a figure.
   *
   * @param line thickness of edges, in pixels of the figure
   */
  HeatLayer(LabelGrid grid, ShownWeights weights, int line) {
    this.grid = grid;
    this.heat = Heat.upTo(weights.largest());
    this.edges =
        grid.edges(
            superpixel -> superpixel != LabelGrid.OUTSIDE && weights.weight(superpixel) != 0, line);
    this.inner = new int[grid.count()];
    this.edge = new int[grid.count()];
    for (int j = 0; j < inner.length; j++) {
      double weight = weights.weight(j);
      inner[j] = weight == 0 ? CLEAR : Pixels.veil(heat.rgb(weight), INKED);
      edge[j] = Pixels.veil(heat.edge(weight), INKED);
    }
  }

  /** The colours, by weight. */
  Heat heat() {
    return heat;
  }

  /** The colour of a superpixel, 0xAARRGGBB; clear where no weight is shown. */
  int inner(int superpixel) {
    return inner[superpixel];
  }

  /** The colour of the edges within a superpixel, 0xAARRGGBB. */
  int edge(int superpixel) {
    return edge[superpixel];
  }

  /**
   * The colour over a pixel with its opacity, 0xAARRGGBB; clear where no weight is shown.
   *
   * @param index place of the pixel in the rows one after the other
   */
  int argb(int index) {
    int superpixel = grid.label(index);
    if (superpixel == LabelGrid.OUTSIDE) {
      return CLEAR;
    }
    return edges[index] ? edge[superpixel] : inner[superpixel];
  }
}
