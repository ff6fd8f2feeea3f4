package dev.quicklime.scenes.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.image.Layout;
import dev.quicklime.model.Batch;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.scenes.Scene;
import dev.quicklime.scenes.SceneGenerator;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Share of scenes that a classifier names correctly. */
public final class SceneAccuracy {

  /** Far from the seeds that people give, so that these scenes are unseen. */
  public static final long UNSEEN = -5_151_515_151L;

  private SceneAccuracy() {}

  /**
   * Classifies the first scenes of a sequence at the model's input size.
   *
   * @param classifier takes {@link SceneModel#preprocessing} and scores every figure
   * @param seed of the scenes
   * @param count how many, ≥ 1
   * @param progress hears how many are done
   * @return 0 to 1
   * @throws CancellationException if the thread is interrupted
   */
  public static double measure(
      PipelinedClassifier classifier, long seed, int count, IntConsumer progress) {
    SceneGenerator generator = new SceneGenerator(seed, SceneModel.SIDE, SceneModel.SIDE);
    int right = 0;
    try (Batch batch = classifier.newBatch()) {
      for (int first = 0; first < count; first += classifier.batchSize()) {
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted after " + first + " of " + count);
        }
        int rows = Math.min(classifier.batchSize(), count - first);
        Scene[] scenes =
            IntStream.range(first, first + rows)
                .parallel()
                .mapToObj(generator::scene)
                .toArray(Scene[]::new);
        for (int i = 0; i < rows; i++) {
          write(scenes[i], classifier.format().layout(), batch.pixels(), i);
        }
        double[] scores = classifier.score(batch, rows);
        for (int i = 0; i < rows; i++) {
          right += best(scores, i, scores.length / rows) == scenes[i].classIndex() ? 1 : 0;
        }
        progress.accept(first + rows);
      }
    }
    return (double) right / count;
  }

  private static void write(Scene scene, Layout layout, MemorySegment pixels, int row) {
    float[] picture = new float[scene.rgb().length];
    SceneModel.normalise(SceneModel.levels(scene.rgb()), 0, picture, 0);
    int channels = SceneModel.preprocessing().channels();
    int plane = picture.length / channels;
    for (int i = 0; i < picture.length; i++) {
      int element = layout == Layout.NCHW ? i : i % plane * channels + i / plane;
      pixels.setAtIndex(JAVA_FLOAT, (long) row * picture.length + element, picture[i]);
    }
  }

  private static int best(double[] scores, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (scores[row * classes + c] > scores[row * classes + best]) {
        best = c;
      }
    }
    return best;
  }
}
