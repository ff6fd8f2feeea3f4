package dev.quicklime.embed;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.BatchScorer;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.run.Progress;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Explains a model that another library runs by batches: it gets them as one buffer off the heap,
 * of which nothing is copied.
 */
public final class ExplainBatches {

  private static final int SIDE = 64;
  private static final int BATCH = 32;

  private ExplainBatches() {}

  // docs: batches
  /** Stands for a call of a model: how bright the left half is, and the right one. */
  static float[][] halves(FloatBuffer nchw, int rows) {
    float[][] scores = new float[rows][2];
    int picture = 3 * SIDE * SIDE; // red, green, blue, each row by row
    for (int i = 0; i < rows * picture; i++) {
      int half = i % SIDE < SIDE / 2 ? 0 : 1;
      scores[i / picture][half] += nchw.get(i) / picture;
    }
    return scores;
  }

  // docs: end

  static Explanation explain(Path picture, BatchScorer model) {
    // docs: explain
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE);
    Classifier classifier = Classifier.ofBatch("halves", input, BATCH, model);
    try (Explainer explainer = Explainer.of(classifier, Labels.of(List.of("left", "right")))) {
      return explainer.explain(
          ImageFiles.read(picture), ExplainOptions.preset("fast"), Progress.none());
    }
    // docs: end
  }

  /**
   * Prints how many superpixels speak for each half.
   *
   * @param args picture
   */
  public static void main(String[] args) {
    for (ClassExplanation half : explain(Path.of(args[0]), ExplainBatches::halves).classes()) {
      System.out.printf(
          "%s: %d superpixels%n",
          half.scored().label(),
          half.fit().coefficients().stream().filter(weight -> weight > 1e-3).count());
    }
  }
}
