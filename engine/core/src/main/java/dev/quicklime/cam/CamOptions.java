package dev.quicklime.cam;

import dev.quicklime.model.Target;
import java.util.List;
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
 * @param top how many of each picture's best classes are mapped, ≥ 1; fewer if the model has fewer
 * @param classes different indices ≥ 0 of the classes that are mapped for every picture, in their
 *     order; empty for the best ones
 */
public record CamOptions(
    @Nullable String layer,
    Target target,
    AlphaNormalization normalization,
    FrameWeights frames,
    int top,
    List<Integer> classes) {

  /** Checks the numbers. */
  public CamOptions {
    classes = List.copyOf(classes);
    if (layer != null && layer.isBlank()) {
      throw new IllegalArgumentException("layer must have a name, got a blank one");
    }
    if (target != Target.LOGIT && target != Target.PROBABILITY) {
      throw new IllegalArgumentException("target must be LOGIT or PROBABILITY, got " + target);
    }
    if (top < 1) {
      throw new IllegalArgumentException("top must be at least 1, got " + top);
    }
    if (classes.stream().anyMatch(index -> index < 0)
        || classes.stream().distinct().count() < classes.size()) {
      throw new IllegalArgumentException(
          "classes must be different indices from 0 on, got " + classes);
    }
  }

  /** Mean gradients of the raw scores of the three best classes. */
  public static CamOptions defaults() {
    return new CamOptions(
        null, Target.LOGIT, AlphaNormalization.MEAN, FrameWeights.ALL_FRAMES, 3, List.of());
  }

  /** The same for another layer, null for the one that is found. */
  public CamOptions withLayer(@Nullable String value) {
    return new CamOptions(value, target, normalization, frames, top, classes);
  }

  /** The same for another target. */
  public CamOptions withTarget(Target value) {
    return new CamOptions(layer, value, normalization, frames, top, classes);
  }

  /** The same with other weights. */
  public CamOptions withNormalization(AlphaNormalization value) {
    return new CamOptions(layer, target, value, frames, top, classes);
  }

  /** The same with weights of other frames. */
  public CamOptions withFrames(FrameWeights value) {
    return new CamOptions(layer, target, normalization, value, top, classes);
  }

  /** The same for another number of classes, the best ones. */
  public CamOptions withTop(int value) {
    return new CamOptions(layer, target, normalization, frames, value, List.of());
  }

  /** The same for given classes. */
  public CamOptions withClasses(List<Integer> value) {
    return new CamOptions(layer, target, normalization, frames, top, value);
  }
}
