package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.PictureScorer;
import dev.quicklime.QuicklimeException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Fill;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.segment.Segmentation;
import dev.quicklime.segment.Tiles;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Scores pictures as they are. They go through the model's batches as those of explanations do, so
 * that a prediction is what an explanation calls the score.
 */
public final class Predicting {

  private static final MaskMatrix WHOLE = MaskMatrix.of(new boolean[][] {{true, true}});

  private Predicting() {}

  /**
   * The probabilities of all classes for each picture: softmax of the scores, or the sigmoid of a
   * model with one output.
   *
   * @throws dev.quicklime.InvalidInputException if a picture is wrong
   * @throws QuicklimeException if the model fails
   * @throws CancellationException if the thread is interrupted
   */
  public static List<List<Double>> predict(
      ServedModel model, List<AskedPicture> pictures, ReadLimits limits) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(pictures, "pictures");
    List<List<Double>> predictions = new ArrayList<>();
    Explainer explainer = model.explainer();
    Classifier classifier = explainer.classifier();
    Preprocessing input = classifier.format().preprocessing();
    for (int first = 0; first < pictures.size(); ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the thread was interrupted");
      }
      if (first == 0) {
        settle(explainer, perturbation(input.fit(pictures.getFirst().read(limits))));
      }
      int rows = Math.min(classifier.batchSize(), pictures.size() - first);
      try (Batch batch = batch(classifier)) {
        for (int row = 0; row < rows; row++) {
          Image fitted = input.fit(pictures.get(first + row).read(limits));
          compose(fitted, classifier.format(), row, batch.pixels());
        }
        double[] scores = classifier.score(batch, rows);
        for (int row = 0; row < rows; row++) {
          predictions.add(probabilities(scores, row, scores.length / rows));
        }
      }
      first += rows;
    }
    return predictions;
  }

  /** A classifier that chooses its batch and number format does so now, if it did not before. */
  private static void settle(Explainer explainer, Perturbation perturbation) {
    try (PictureScorer scorer = explainer.scorer(perturbation)) {
      Objects.requireNonNull(scorer);
    }
  }

  private static Perturbation perturbation(Image fitted) {
    return Perturbation.of(fitted, Segmentation.segment(fitted, new Tiles(1, 2)), Fill.gray());
  }

  private static void compose(Image fitted, BatchFormat format, int row, MemorySegment batch) {
    try (Compositor compositor = Compositor.of(perturbation(fitted), format)) {
      compositor.compose(WHOLE, 0, 1, batch.asSlice(row * format.bytes(), format.bytes()));
    }
  }

  private static Batch batch(Classifier classifier) {
    if (classifier instanceof PipelinedClassifier pipelined) {
      return pipelined.newBatch();
    }
    long bytes = classifier.batchSize() * classifier.format().bytes();
    return Batch.of(
        MemorySegment.ofBuffer(ByteBuffer.allocateDirect(Math.toIntExact(bytes))), () -> {});
  }

  private static List<Double> probabilities(double[] scores, int row, int classes) {
    Target target = classes == 1 ? Target.SIGMOID : Target.PROBABILITY;
    List<Double> values = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      double value = target.of(scores, row * classes, classes, c);
      if (!Double.isFinite(value)) {
        throw new QuicklimeException("the model must return finite scores, got " + value);
      }
      values.add(value);
    }
    return values;
  }
}
