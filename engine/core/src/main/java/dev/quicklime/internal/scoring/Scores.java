package dev.quicklime.internal.scoring;

import dev.quicklime.QuicklimeException;
import java.util.function.IntFunction;

/**
 * What a model must return, whatever it scores: as many finite scores for each sample. For one run
 * and one thread.
 */
public final class Scores {

  private final String model;
  private final String sample;
  private final IntFunction<String> label;
  private int classes;

  /**
   * Nothing is known of the number of classes yet.
   *
   * @param model what messages call it
   * @param sample what messages call a sample, as {@code picture} or {@code row}
   * @param label what messages call a class
   */
  public Scores(String model, String sample, IntFunction<String> label) {
    this.model = model;
    this.sample = sample;
    this.label = label;
  }

  /**
   * Checks the scores of some samples, row by row.
   *
   * @param first number of the first of them in the run
   * @throws QuicklimeException if they are not as many for each as for all before, or not finite
   */
  public void check(double[] scores, int first, int count) {
    if (classes == 0) {
      if (scores.length == 0 || scores.length % count != 0) {
        throw new QuicklimeException(
            "model %s must return as many scores for each %s, at least one, got %s for %s"
                .formatted(model, sample, scores.length, count));
      }
      classes = scores.length / count;
    }
    if (scores.length != (long) count * classes) {
      throw new QuicklimeException(
          "model %s must return %s scores for each %s, got %s for %s"
              .formatted(model, classes, sample, scores.length, count));
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new QuicklimeException(
            "model %s must return finite scores, got %s for %s of %s %s"
                .formatted(
                    model, scores[i], label.apply(i % classes), sample, first + i / classes));
      }
    }
  }

  /** How many scores the model returns for a sample; 0 before the first. */
  public int classes() {
    return classes;
  }
}
