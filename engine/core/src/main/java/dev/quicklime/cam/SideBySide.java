package dev.quicklime.cam;

import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.fidelity.Comparison;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.run.Progress;
import java.util.List;
import java.util.Objects;

/**
 * An explanation with Grad-CAM beside it. Plain data.
 *
 * @param options of Grad-CAM
 * @param result its maps of the explained classes, in their order
 * @param comparison of both
 * @param milliseconds what Grad-CAM took: preparing the picture, one forward pass, a backward pass
 *     for each class, and the maps
 */
public record SideBySide(
    CamOptions options, CamResult result, Comparison comparison, double milliseconds) {

  /** Refuses what is missing. */
  public SideBySide {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(comparison, "comparison");
  }

  /**
   * Maps the classes of an explanation and compares.
   *
   * @param explainer that made the explanation
   * @param gradCam of the same model
   * @param options of Grad-CAM; its classes are the explanation's
   * @param progress hears of pictures scored to compare
   * @throws InvalidInputException if the models differ, or the layer is not there
   * @throws QuicklimeException if the model fails
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static SideBySide of(
      Explainer explainer,
      CamModel gradCam,
      Explanation explanation,
      CamOptions options,
      Progress progress) {
    Objects.requireNonNull(explainer, "explainer");
    Objects.requireNonNull(gradCam, "gradCam");
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(progress, "progress");
    Preprocessing input = explainer.classifier().format().preprocessing();
    CamOptions asked = options.withClasses(explanation.samples().classes());
    long start = System.nanoTime();
    CamResult result =
        gradCam.explain(CamInput.pictures(List.of(explanation.picture()), input), asked);
    double milliseconds = (System.nanoTime() - start) / 1e6;
    int width = explanation.segments().width();
    int height = explanation.segments().height();
    List<double[]> maps =
        result.first().stream().map(map -> map.upsampled(0, width, height)).toList();
    return new SideBySide(
        asked, result, explainer.compare(explanation, maps, progress), milliseconds);
  }

  /** The maps, one for each explained class. */
  public List<CamMap> maps() {
    return result.first();
  }
}
