package consumer;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.run.Progress;
import java.util.Collections;
import java.util.List;

/**
 * Explains a plain function on a picture that is made here: blue, with one red block. The
 * superpixels that count must lie in the block.
 */
public final class Function {

  private static final int SIDE = 64;
  private static final int PLANE = SIDE * SIDE;

  private Function() {}

  private static boolean inBlock(int pixel) {
    int x = pixel % SIDE;
    int y = pixel / SIDE;
    return x >= 16 && x < 32 && y >= 32 && y < 48;
  }

  private static double[] redness(float[] pixels) {
    double sum = 0;
    for (int i = 0; i < PLANE; i++) {
      sum += pixels[i] - pixels[2 * PLANE + i];
    }
    return new double[] {sum / PLANE, -sum / PLANE};
  }

  public static void main(String[] args) {
    byte[] colours = new byte[3 * PLANE];
    for (int i = 0; i < PLANE; i++) {
      colours[3 * i + (inBlock(i) ? 0 : 2)] = (byte) 200;
    }
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    Classifier classifier = Classifier.of("redness", input, 32, Function::redness);
    try (Explainer explainer = Explainer.of(classifier, Labels.of(List.of("red", "blue")))) {
      var explanation =
          explainer.explain(
              Image.of8(SIDE, SIDE, 3, colours),
              ExplainOptions.defaults().withSamples(200),
              Progress.none());
      for (ClassExplanation explained : explanation.classes()) {
        if (explained.scored().label().equals("red")) {
          double most = Collections.max(explained.fit().coefficients());
          if (!(most > 0)) {
            throw new AssertionError("no superpixel speaks for red: " + explained.fit());
          }
          System.out.printf(
              "red: the strongest superpixel is number %d with %+.4f%n",
              explained.fit().coefficients().indexOf(most), most);
          return;
        }
      }
    }
    throw new AssertionError("red is not among the classes explained");
  }
}
