package dev.quicklime;

import dev.quicklime.model.Target;
import dev.quicklime.surrogate.ShardFrame;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What was decided of an explanation in shards by scoring its original, for whoever scores the
 * rest: with the picture and the options it says all that is to be done, see {@link
 * ShardedExplainer#work}. A few hundred bytes.
 *
 * @param frame designs, rows and weights
 * @param target what of a class's score is explained: as asked for, or the raw score where a model
 *     with one output has no probability
 * @param classes indices of the explained classes, in order
 * @param outputs how many scores the model returns for a picture, ≥ 1
 * @param superpixels a hash of the superpixel of each pixel, by which another picture is known
 */
public record ShardDecision(
    ShardFrame frame, Target target, List<Integer> classes, int outputs, int superpixels)
    implements Serializable {

  /**
   * Checks the numbers and copies the list.
   *
   * @throws InvalidInputException if classes are not as many as the frame's, or not the model's
   */
  public ShardDecision {
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(classes, "classes");
    classes = List.copyOf(classes);
    if (classes.size() != frame.classes()) {
      throw new InvalidInputException(
          "classes must be %s, as many as scores of a row, got %s"
              .formatted(frame.classes(), classes.size()));
    }
    for (int index : classes) {
      if (index < 0 || index >= outputs) {
        throw new InvalidInputException(
            "classes must be between 0 and %s for this model, got %s"
                .formatted(outputs - 1, index));
      }
    }
  }

  /** Refuses another model than the one that decided. */
  void checkOutputs(int returned) {
    if (returned != outputs) {
      throw new InvalidInputException(
          "the model must be the one that scored the original, with %s scores, got %s"
              .formatted(outputs, returned));
    }
  }
}
