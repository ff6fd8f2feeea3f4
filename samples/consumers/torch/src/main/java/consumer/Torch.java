package consumer;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.run.Progress;
import dev.quicklime.torch.Models;
import java.nio.file.Path;

/** Explains a picture with a TorchScript file, and with the model card beside it. */
public final class Torch {

  private Torch() {}

  public static void main(String[] args) {
    Path model = Path.of(args[0]);
    Image picture = ImageFiles.read(Path.of(args[1]));
    String expected = args[2];
    ModelCard card = Models.card(model);
    Classifier classifier = Models.open(model, ModelOptions.of(card.preprocessing()), card);
    try (Explainer explainer = Explainer.of(classifier, Labels.of(card.labels()))) {
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
