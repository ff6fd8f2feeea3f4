package dev.quicklime.embed;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.files.RunArchive;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.model.Device;
import dev.quicklime.run.Progress;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.cam.GradCam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures how far an explanation can be trusted, sets Grad-CAM beside it, and keeps both. */
public final class JudgeAnExplanation {

  private JudgeAnExplanation() {}

  /**
   * Prints R² of each explained class on samples that its fit has not seen.
   *
   * @param args TorchScript file, picture, and the folder that the files go to
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    judge(Path.of(args[0]), Path.of(args[1]), ExplainOptions.defaults(), Path.of(args[2]))
        .classes()
        .forEach(figures -> System.out.println("held-out R²: " + figures.heldOutR2()));
  }

  static Fidelity judge(Path model, Path picture, ExplainOptions options, Path folder)
      throws IOException {
    // docs: judge
    try (Explainer explainer = Explainer.open(model);
        GradCam gradCam = GradCam.load(model, Device.auto())) {
      Explanation explanation = explainer.explain(picture, options, Progress.none());
      Fidelity fidelity = explainer.fidelity(explanation, Progress.none());
      SideBySide beside =
          SideBySide.of(explainer, gradCam, explanation, CamOptions.defaults(), Progress.none());
      String name = String.valueOf(picture.getFileName());
      ExplanationJson.write(
          name, explanation, fidelity, beside, folder.resolve("explanation.json"));
      RunArchive.write(explanation, folder.resolve("run.npz"));
      return fidelity;
    }
    // docs: end
  }

  /** The largest value of the best class's map of a picture. */
  static float peak(Path model, Path picture) {
    // docs: gradcam
    ModelCard card = Models.card(model);
    try (GradCam cam = GradCam.load(model, Device.auto())) {
      CamInput pictures =
          CamInput.pictures(List.of(ImageFiles.read(picture)), card.preprocessing());
      CamResult result = cam.explain(pictures, CamOptions.defaults().withTop(3));
      CamMap best = result.pictures().getFirst().getFirst(); // the first picture's best class
      return best.largest();
    }
    // docs: end
  }
}
