package dev.quicklime.files;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.util.List;

/** Explanations of a picture of 12×8 in 3×4 tiles, by classifiers in plain Java. */
final class Runs {

  static final int WIDTH = 12;
  static final int HEIGHT = 8;

  private Runs() {}

  static ExplainOptions options() {
    return ExplainOptions.defaults().withSegmenter(new Tiles(3, 4)).withSamples(70);
  }

  /** Three classes: two linear in the pixels, one that never varies. */
  static double[] score(float[] pixels) {
    double left = 0;
    double all = 0;
    for (int i = 0; i < pixels.length; i++) {
      all += pixels[i] * (i % 7);
      left += i % WIDTH < WIDTH / 2 ? pixels[i] : 0;
    }
    return new double[] {all / pixels.length, left / pixels.length, -3};
  }

  static Explanation explain(ExplainOptions options) {
    return explain(options, Runs::score, Labels.of(List.of("all", "le\"ft", "nothing")));
  }

  static Explanation explain(ExplainOptions options, PixelScorer scorer, Labels labels) {
    byte[] rgb = new byte[2 * WIDTH * 2 * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 37 % 251);
    }
    Image picture = Image.of8(2 * WIDTH, 2 * HEIGHT, 3, rgb);
    Classifier classifier =
        Classifier.of("made-up", Preprocessing.imageNet().withSize(WIDTH, HEIGHT), 8, scorer);
    try (Explainer explainer = Explainer.of(classifier, labels)) {
      return explainer.explain(picture, options, Progress.none());
    }
  }
}
