package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How maps are computed.
 *
 * @param layer module path or value that is attributed to, see {@link CamLayer}; null for the last
 *     one with places of the picture that everything goes through, before they are averaged or
 *     flattened
 * @param target whose gradient is taken, {@link Target#LOGIT} or {@link Target#PROBABILITY}; a
 *     model with one output always has its output taken
 * @param normalization of the weights α
 * @param frames over which frames the weights α of a video are averaged
 * @param classes which are mapped: each picture's best ones, or the same for every picture
 */
public record CamOptions(
    @Nullable String layer,
    Target target,
    AlphaNormalization normalization,
    FrameWeights frames,
    ClassChoice classes) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public CamOptions {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(frames, "frames");
    Objects.requireNonNull(classes, "classes");
    if (layer != null && layer.isBlank()) {
      throw new InvalidInputException("layer must have a name, got a blank one");
    }
    if (target != Target.LOGIT && target != Target.PROBABILITY) {
      throw new InvalidInputException("target must be LOGIT or PROBABILITY, got " + target);
    }
  }

  /** Mean gradients of the raw scores of the three best classes. */
  public static CamOptions defaults() {
    return new CamOptions(
        null, Target.LOGIT, AlphaNormalization.MEAN, FrameWeights.ALL_FRAMES, ClassChoice.top(3));
  }

  /** The same for another layer, null for the one that is found. */
  public CamOptions withLayer(@Nullable String value) {
    return new CamOptions(value, target, normalization, frames, classes);
  }

  /** The same for another target. */
  public CamOptions withTarget(Target value) {
    return new CamOptions(layer, value, normalization, frames, classes);
  }

  /** The same with other weights. */
  public CamOptions withNormalization(AlphaNormalization value) {
    return new CamOptions(layer, target, value, frames, classes);
  }

  /** The same with weights of other frames. */
  public CamOptions withFrames(FrameWeights value) {
    return new CamOptions(layer, target, normalization, value, classes);
  }

  /** The same for another number of classes, the best ones. */
  public CamOptions withTop(int value) {
    return new CamOptions(layer, target, normalization, frames, ClassChoice.top(value));
  }

  /** The same for given classes. */
  public CamOptions withClasses(List<Integer> value) {
    return new CamOptions(layer, target, normalization, frames, new ClassChoice.Listed(value));
  }
}
