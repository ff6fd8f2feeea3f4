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
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Explains a picture that a program holds in memory, and shows why as a picture and as JSON. */
public final class ShowAnExplanation {

  private ShowAnExplanation() {}

  /**
   * What a program may answer with.
   *
   * @param weights of each pixel of the picture, row by row
   * @param json all that is known of the explanation
   */
  record Answer(float[][] weights, String json) {}

  /**
   * Writes the best class's weights over the picture, and prints the explanation as JSON.
   *
   * @param args model file, picture, and the PNG that is written
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    BufferedImage upload = ImageIO.read(Path.of(args[1]).toFile());
    System.out.print(show(Path.of(args[0]), upload, Path.of(args[2])).json());
  }

  static Answer show(Path model, BufferedImage upload, Path png) throws IOException {
    // docs: show
    ExplainOptions options = ExplainOptions.preset("fast");
    try (Explainer explainer = Explainer.open(model)) {
      Explanation explanation = explainer.explain(Image.of(upload), options, Progress.none());
      int best = explanation.classes().getFirst().scored().index();
      ImageIO.write(HeatMaps.overlay(explanation, best), "png", png.toFile());
      float[][] weights = explanation.heatMap(best); // of each pixel of the picture
      String json = ExplanationJson.toJson("upload", explanation);
      return new Answer(weights, json);
    }
    // docs: end
  }
}
