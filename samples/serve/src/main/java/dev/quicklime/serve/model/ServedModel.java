package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * A model of pictures that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 * @param gradCam of the same model, closed by whoever made it
 */
public record ServedModel(
    String name, Explainer explainer, OptionReader options, GradCamSource gradCam)
    implements Served {

  /**
   * Checks the name.
   *
   * @throws InvalidInputException if routes cannot have it
   */
  public ServedModel {
    Served.checkName(name);
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(gradCam, "gradCam");
  }

  /**
   * A model without Grad-CAM.
   *
   * @throws InvalidInputException if routes cannot have the name
   */
  public ServedModel(String name, Explainer explainer, OptionReader options) {
    this(name, explainer, options, GradCamSource.none());
  }

  /** The same with Grad-CAM, where requests ask for it. */
  public ServedModel withGradCam(GradCamSource value) {
    return new ServedModel(name, explainer, options, value);
  }
}
