package dev.quicklime.embed;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.Image;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Slic;
import dev.quicklime.surrogate.LeastSquares;

/** Explains pixels that another program holds, and hands back a weight for each of them. */
public final class ExplainPixels {

  private ExplainPixels() {}

  /** What the examples of this module ask for. */
  static ExplainOptions options() {
    // docs: options
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSegmenter(Slic.of(60))
            .withDesign(new TwoPhase())
            .withSamples(300)
            .withClasses(ClassChoice.top(1))
            .withSurrogate(LeastSquares.defaults());
    // docs: end
    return options;
  }

  /**
   * The best class's weights, over the picture.
   *
   * @param rgb three bytes for each pixel, row by row
   * @return a weight for each pixel of each row, of the superpixel that it belongs to
   */
  static float[][] weights(Explainer explainer, int width, int height, byte[] rgb) {
    // docs: pixels
    Image picture = Image.of8(width, height, 3, rgb);
    Explanation explanation = explainer.explain(picture, options(), Progress.none());
    return explanation.heatMap(explanation.classes().getFirst().scored().index());
    // docs: end
  }
}
