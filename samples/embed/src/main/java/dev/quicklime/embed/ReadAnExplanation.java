package dev.quicklime.embed;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Environment;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.Intervals;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/** Reads all that an explanation holds, of a picture in memory and a function of whole batches. */
public final class ReadAnExplanation {

  private static final int SIDE = 64;

  private ReadAnExplanation() {}

  /** How light each picture of a batch is, and the contrary. */
  static float[][] lightAndDark(FloatBuffer pictures, int rows) {
    int values = pictures.remaining() / rows;
    float[][] scores = new float[rows][2];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < values; i++) {
        scores[row][0] += pictures.get(row * values + i) / values;
      }
      scores[row][1] = -scores[row][0];
    }
    return scores;
  }

  static Explainer lightOrDark() {
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE);
    Classifier classifier =
        Classifier.ofBatch("light or dark", input, 32, ReadAnExplanation::lightAndDark);
    return Explainer.of(classifier, Labels.of(List.of("light", "dark")));
  }

  static Explainer exact(Path model) {
    // docs: open
    return Explainer.open(
        model,
        options -> options.withDevice(Device.cpu()).withThreads(2).withPrecision(Precision.FP32));
    // docs: end
  }

  static Explanation explain(Explainer explainer, BufferedImage shown) {
    // docs: java
    Image picture = Image.of(shown); // alpha is put aside; what was done is in picture.notices()
    return explainer.explain(picture, ExplainPixels.options(), Progress.none());
    // docs: end
  }

  static Explanation explain(Explainer explainer, byte[] upload) {
    // docs: bytes
    Image picture = Image.decode(upload); // PNG, JPEG, WebP, TIFF, BMP or GIF, upright by its EXIF
    return explainer.explain(picture, ExplainPixels.options(), Progress.none());
    // docs: end
  }

  /** What is known of the superpixel under a pixel. */
  static String at(Explanation explanation, int x, int y) {
    // docs: read
    ClassExplanation best = explanation.classes().getFirst();
    float[][] weights = explanation.heatMap(best.scored().index()); // [height][width]
    int superpixel = explanation.superpixels().label(x, y);
    if (superpixel < 0) {
      return "cropped away";
    }
    String interval =
        switch (best.fit().intervals()) {
          case Intervals.Margins margins -> "± %.4f".formatted(margins.halfWidth(superpixel));
          case Intervals.None(String reason) -> "without an interval: " + reason;
        };
    return "superpixel %d adds %+.4f %s to the %s of %s, one of %d outputs"
        .formatted(
            superpixel,
            weights[y][x],
            interval,
            explanation.target(),
            best.scored().label(),
            explanation.outputs());
    // docs: end
  }

  static String json(Explanation explanation) {
    return ExplanationJson.toJson("cat.jpg", explanation);
  }

  /**
   * Prints what the superpixel in the middle adds.
   *
   * @param args model file and picture
   */
  public static void main(String[] args) {
    // docs: advice
    Environment.advice().forEach(System.err::println);
    // docs: end
    try (Explainer explainer = exact(Path.of(args[0]))) {
      Explanation explanation = explainer.explain(Path.of(args[1]));
      Image picture = explanation.picture();
      System.out.println(at(explanation, picture.width() / 2, picture.height() / 2));
    }
  }
}
