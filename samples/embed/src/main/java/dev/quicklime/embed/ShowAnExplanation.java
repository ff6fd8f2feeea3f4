package dev.quicklime.embed;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.report.figure.HeatMaps;
import dev.quicklime.run.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Explains a picture that a program holds in memory, and shows why as a picture and as JSON. */
public final class ShowAnExplanation {

  private ShowAnExplanation() {}

  /**
   * Writes why.png, the best class's weights over the picture, and why.json.
   *
   * @param args model file, picture, and the folder that is written to
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    BufferedImage upload = ImageIO.read(Path.of(args[1]).toFile());
    float[][] weights = show(Path.of(args[0]), upload, Path.of(args[2]));
    System.out.printf("weights of %d rows of %d pixels%n", weights.length, weights[0].length);
  }

  static float[][] show(Path model, BufferedImage upload, Path folder) throws IOException {
    // docs: show
    ExplainOptions options = ExplainOptions.preset("fast");
    try (Explainer explainer = Explainer.open(model)) {
      Explanation explanation = explainer.explain(Image.of(upload), options, Progress.none());
      int best = explanation.classes().getFirst().scored().index();
      BufferedImage overlay = HeatMaps.overlay(explanation, best);
      ImageIO.write(overlay, "png", folder.resolve("why.png").toFile());
      String json = ExplanationJson.toJson("upload", explanation);
      Files.writeString(folder.resolve("why.json"), json);
      return explanation.heatMap(best); // a weight for each pixel of each row
    }
    // docs: end
  }
}
