package dev.quicklime.embed;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Explains a classifier that is a plain Java function; no model file and no libtorch are involved.
 */
public final class ExplainAFunction {

  private static final int SIDE = 64;

  private ExplainAFunction() {}

  /** How much redder than blue a picture is, and the contrary. */
  static double[] warmAndCold(float[] pixels) {
    int plane = SIDE * SIDE;
    double difference = 0;
    for (int i = 0; i < plane; i++) {
      difference += pixels[i] - pixels[2 * plane + i];
    }
    return new double[] {difference / plane, -difference / plane};
  }

  static Explanation explain(Path picture) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    Classifier classifier = Classifier.of("warm or cold", input, 32, ExplainAFunction::warmAndCold);
    ExplainOptions options =
        ExplainOptions.defaults().withSegmenter(new Tiles(4, 4)).withTarget(Target.LOGIT);
    try (Explainer explainer = Explainer.of(classifier, Labels.of(List.of("warm", "cold")))) {
      return explainer.explain(picture, options, Progress.none());
    }
  }

  /**
   * Prints what the warmest tile adds.
   *
   * @param args picture
   */
  public static void main(String[] args) {
    ClassExplanation best = explain(Path.of(args[0])).classes().getFirst();
    for (int part : best.fit().selected().stream().limit(3).toList()) {
      System.out.printf(
          "%s: tile %d in row %d adds %+.4f%n",
          best.scored().label(), part % 4, part / 4, best.fit().coefficients().get(part));
    }
  }
}
