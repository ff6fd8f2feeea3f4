package dev.quicklime.testkit;

import dev.quicklime.Environment;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.run.Progress;
import java.util.Random;

/** Explains a plain function with the default options, as somebody's own program does. */
final class PlainConsumer {
  private static final int SIDE = 64;

  private PlainConsumer() {}

  /**
   * Prints how many classes were explained.
   *
   * @param args none
   */
  public static void main(String[] args) {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(1).nextBytes(pixels);
    Image picture = Image.of8(SIDE, SIDE, 3, pixels);
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE);
    Classifier classifier =
        Classifier.of("two", input, 16, values -> new double[] {values[0], values[SIDE]});
    try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
      System.out.println(
          "classes="
              + explainer
                  .explain(picture, ExplainOptions.defaults(), Progress.none())
                  .classes()
                  .size());
    }
    System.out.println("kernels=" + Environment.kernels());
    System.out.println("limit=" + System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes"));
    System.out.println("advice=" + Environment.advice().size());
  }
}
