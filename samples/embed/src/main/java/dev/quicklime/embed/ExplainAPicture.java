package dev.quicklime.embed;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explainer;
import java.nio.file.Path;

/** Explains a picture with a TorchScript file; the README shows the body of {@code main}. */
public final class ExplainAPicture {

  private ExplainAPicture() {}

  /**
   * Prints the strongest superpixels of the best classes.
   *
   * @param args model file and picture
   */
  public static void main(String[] args) {
    // docs: explain
    try (Explainer explainer = Explainer.open(Path.of(args[0]))) {
      for (ClassExplanation explained : explainer.explain(Path.of(args[1])).classes()) {
        System.out.printf(
            "%s: probability %.3f, R² %.2f%n",
            explained.scored().label(), explained.scored().probability(), explained.fit().r2());
        for (int part : explained.fit().selected().stream().limit(3).toList()) {
          System.out.printf(
              "  superpixel %d: %+.4f%n", part, explained.fit().coefficients().get(part));
        }
      }
    }
    // docs: end
  }
}
