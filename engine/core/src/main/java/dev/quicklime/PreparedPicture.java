package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.run.Timings;
import java.util.Objects;

/**
 * A picture with all that its explanation needs before the model sees it: brought to the model's
 * input, with superpixels, fill and masks. Made by {@link Explainer#prepare(java.nio.file.Path,
 * ExplainOptions)}. Immutable, plain heap data with nothing to close; may be made on one thread and
 * explained on another, and more than once. Holds the picture at its own size, four floats or so
 * for each value of the model's input, and a bit for each superpixel of each sample.
 */
public final class PreparedPicture {

  private final Image picture;
  private final ExplainOptions options;
  private final Preprocessing input;
  private final Perturbation perturbation;
  private final MaskMatrix masks;
  private final Timings timings;

  PreparedPicture(
      Image picture,
      ExplainOptions options,
      Preprocessing input,
      Perturbation perturbation,
      MaskMatrix masks,
      Timings timings) {
    this.picture = Objects.requireNonNull(picture, "picture");
    this.options = Objects.requireNonNull(options, "options");
    this.input = Objects.requireNonNull(input, "input");
    this.perturbation = Objects.requireNonNull(perturbation, "perturbation");
    this.masks = Objects.requireNonNull(masks, "masks");
    this.timings = Objects.requireNonNull(timings, "timings");
  }

  /** The picture at its own size. */
  public Image picture() {
    return picture;
  }

  /** How it is explained. */
  public ExplainOptions options() {
    return options;
  }

  /** The model's input, its superpixels and their fill. */
  public Perturbation perturbation() {
    return perturbation;
  }

  /** The masks that are scored, a row for each sample and the original's before them. */
  public MaskMatrix masks() {
    return masks;
  }

  /** What preparing took. */
  public Timings timings() {
    return timings;
  }

  /** What the model that it was prepared for expects. */
  Preprocessing input() {
    return input;
  }
}
