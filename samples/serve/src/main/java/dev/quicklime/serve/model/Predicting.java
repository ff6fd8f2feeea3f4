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
import org.jspecify.annotations.Nullable;

/**
 * Scores the pictures of one request as they are, so that a prediction is what an explanation
 * shows: in more bits than samples have where the model can be run so, one picture after the other;
 * else through the model's batches, as samples go. For one thread.
 */
public final class Predicting {

  private static final MaskMatrix WHOLE = MaskMatrix.of(new boolean[][] {{true, true}});

  private final Explainer explainer;
  private final Classifier classifier;
  private final Preprocessing input;
  private final List<AskedPicture> pictures;
  private final ReadLimits limits;
  private final List<List<Double>> predictions = new ArrayList<>();

  /** The picture that was read last, as it may be needed again. */
  private @Nullable Image last;

  private int place = -1;

  private Predicting(ServedModel model, List<AskedPicture> pictures, ReadLimits limits) {
    this.explainer = model.explainer();
    this.classifier = explainer.classifier();
    this.input = classifier.format().preprocessing();
    this.pictures = pictures;
    this.limits = limits;
  }

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
    Objects.requireNonNull(limits, "limits");
    return new Predicting(model, pictures, limits).predict();
  }

  private List<List<Double>> predict() {
    while (predictions.size() < pictures.size()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the thread was interrupted");
      }
      int next = predictions.size();
      // Before the model is asked, which would take a wrong picture for a fault of its own.
      Image fitted = fitted(next);
      if (next == 0) {
        settle(fitted);
      }
      double[] full = inFull(fitted);
      if (full == null) {
        scoreBatch(next);
      } else {
        add(full, 1);
      }
    }
    return predictions;
  }

  /** A picture at the model's size. */
  private Image fitted(int index) {
    Image known = last;
    if (known == null || place != index) {
      known = input.fit(pictures.get(index).read(limits));
      last = known;
      place = index;
    }
    return known;
  }

  /** A classifier that chooses its batch and number format does so now, if it did not before. */
  private void settle(Image fitted) {
    try (PictureScorer scorer = explainer.scorer(perturbation(fitted))) {
      Objects.requireNonNull(scorer);
    }
  }

  /** The scores that explanations show of a picture where those of its samples have fewer bits. */
  private double @Nullable [] inFull(Image fitted) {
    return classifier instanceof PipelinedClassifier pipelined
        ? pipelined
            .scoreInFull(
                (format, rows, into) -> {
                  for (int row = 0; row < rows; row++) {
                    compose(fitted, format, row, into);
                  }
                })
            .orElse(null)
        : null;
  }

  private void scoreBatch(int first) {
    int rows = Math.min(classifier.batchSize(), pictures.size() - first);
    try (Batch batch = batch()) {
      for (int row = 0; row < rows; row++) {
        compose(fitted(first + row), classifier.format(), row, batch.pixels());
      }
      add(classifier.score(batch, rows), rows);
    }
  }

  private void add(double[] scores, int rows) {
    for (int row = 0; row < rows; row++) {
      predictions.add(probabilities(scores, row, scores.length / rows));
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

  private Batch batch() {
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
