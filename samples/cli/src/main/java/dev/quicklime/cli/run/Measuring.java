package dev.quicklime.cli.run;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.PreparedPicture;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Explains pictures and measures on explanations, with a line that shows how far it is.
 *
 * @param explainer does it
 * @param gradCam of the same model, or null where no maps are wanted
 * @param shown whether somebody watches
 */
public record Measuring(Explainer explainer, @Nullable CamModel gradCam, boolean shown) {

  /** What a picture is called. */
  public static String name(Path picture) {
    return String.valueOf(picture.getFileName());
  }

  /** Explains a picture. */
  public Explanation explain(Path picture, ExplainOptions options) {
    try (ProgressLine line =
        ProgressLine.begin(name(picture), "images", options.samples() + 1L, shown)) {
      return explainer.explain(picture, options, line);
    } finally {
      TimeLine.reached("the picture is explained");
    }
  }

  /** What comes before the model, without a line: another picture may have one meanwhile. */
  public PreparedPicture prepare(Path picture, ExplainOptions options) {
    return explainer.prepare(picture, options);
  }

  /** Explains a prepared picture. */
  public Explanation explain(Path picture, PreparedPicture prepared) {
    try (ProgressLine line =
        ProgressLine.begin(name(picture), "images", prepared.options().samples() + 1L, shown)) {
      return explainer.explain(prepared, line);
    } finally {
      TimeLine.reached("the picture is explained");
    }
  }

  /** Measures how far an explanation can be trusted. */
  public Fidelity fidelity(Path picture, Explanation explanation) {
    long about = 5L * explanation.samples().rows();
    try (ProgressLine line =
        ProgressLine.begin(name(picture) + ", fidelity", "images", about, shown)) {
      return explainer.fidelity(explanation, line);
    } finally {
      TimeLine.reached("fidelity is measured");
    }
  }

  /** Sets Grad-CAM beside an explanation, or null where no maps are wanted. */
  public @Nullable SideBySide beside(
      Path picture, Explanation explanation, @Nullable CamOptions options) {
    if (gradCam == null || options == null) {
      return null;
    }
    long about = 4L * explanation.classes().size() * (explanation.segments().count() + 1L);
    try (ProgressLine line =
        ProgressLine.begin(name(picture) + ", Grad-CAM", "images", about, shown)) {
      return SideBySide.of(explainer, gradCam, explanation, options, line);
    } finally {
      TimeLine.reached("Grad-CAM is set beside it");
    }
  }
}
