package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.ServiceException;
import java.util.Objects;

/**
 * A model of pictures that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 * @param readiness whether it can be asked
 * @param gradCam of the same model, closed by whoever made it
 */
public record ServedModel(
    String name,
    Explainer explainer,
    OptionReader options,
    Readiness readiness,
    GradCamSource gradCam)
    implements Served {

  /** When to ask again for a model that is not ready. */
  private static final int RETRY_SECONDS = 1;

  /**
   * Checks the name.
   *
   * @throws InvalidInputException if routes cannot have it
   */
  public ServedModel {
    Served.checkName(name);
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(readiness, "readiness");
    Objects.requireNonNull(gradCam, "gradCam");
  }

  /**
   * A model that is ready from the beginning, without Grad-CAM.
   *
   * @throws InvalidInputException if routes cannot have the name
   */
  public ServedModel(String name, Explainer explainer, OptionReader options) {
    this(name, explainer, options, Readiness.always());
  }

  /**
   * A model without Grad-CAM.
   *
   * @throws InvalidInputException if routes cannot have the name
   */
  public ServedModel(String name, Explainer explainer, OptionReader options, Readiness readiness) {
    this(name, explainer, options, readiness, GradCamSource.none());
  }

  /** The same with Grad-CAM, where requests ask for it. */
  public ServedModel withGradCam(GradCamSource value) {
    return new ServedModel(name, explainer, options, readiness, value);
  }

  @Override
  public boolean ready() {
    return readiness.missing() == null;
  }

  @Override
  public ServedModel asked() {
    String missing = readiness.missing();
    if (missing != null) {
      throw ServiceException.unready(
          "the model %s is not ready: %s".formatted(name, missing), RETRY_SECONDS);
    }
    return this;
  }
}
