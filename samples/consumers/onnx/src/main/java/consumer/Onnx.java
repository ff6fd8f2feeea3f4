package consumer;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.run.Progress;
import java.nio.file.Path;

/** Explains a picture with an ONNX file, and with what the file says of itself. */
public final class Onnx {

  private Onnx() {}

  public static void main(String[] args) {
    Path model = Path.of(args[0]);
    Image picture = ImageFiles.read(Path.of(args[1]));
    String expected = args[2];
    try (Explainer explainer = Explainer.open(model)) {
      var options = ExplainOptions.defaults().withSamples(100);
      var best = explainer.explain(picture, options, Progress.none()).classes().getFirst();
      if (!best.scored().label().equals(expected)) {
        throw new AssertionError("expected " + expected + ", got " + best.scored());
      }
      System.out.printf(
          "%s: probability %.3f, R² %.2f%n",
          best.scored().label(), best.scored().probability(), best.fit().r2());
    }
  }
}
