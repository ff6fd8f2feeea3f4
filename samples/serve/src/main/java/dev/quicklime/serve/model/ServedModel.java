package dev.quicklime.serve.model;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model of pictures that is served.
 *
 * @param name what routes call it: letters, digits, dots, dashes and underscores
 * @param explainer what explains it, and is closed by whoever opened it
 * @param options reads the options of requests
 * @param gradCam of the same model, closed by whoever made it
 * @param readiness whether it can be asked
 */
public record ServedModel(
    String name,
    Explainer explainer,
    OptionReader options,
    GradCamSource gradCam,
    Readiness readiness)
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
    Objects.requireNonNull(readiness, "readiness");
  }

  /**
   * A model without Grad-CAM that is ready from the beginning.
   *
   * @throws InvalidInputException if routes cannot have the name
   */
  public ServedModel(String name, Explainer explainer, OptionReader options) {
    this(name, explainer, options, GradCamSource.none(), Readiness.always());
  }

  /** The same with Grad-CAM, where requests ask for it. */
  public ServedModel withGradCam(GradCamSource value) {
    return new ServedModel(name, explainer, options, value, readiness);
  }

  /** The same that can be asked once it is ready. */
  public ServedModel withReadiness(Readiness value) {
    return new ServedModel(name, explainer, options, gradCam, value);
  }

  @Override
  public @Nullable String missing() {
    return readiness.missing();
  }
}
