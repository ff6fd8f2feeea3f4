package dev.quicklime.report;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.run.Progress;
import java.util.List;
import java.util.stream.IntStream;

/** Explanations of classifiers that are a few lines of Java. */
public final class Explained {

  private static final int SIDE = 32;

  private Explained() {}

  /** A scorer of an input of 32 × 32 pixels. */
  private static Explainer explainer(int classes, PixelScorer scorer) {
    List<String> labels = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    return Explainer.of(
        Classifier.of("lines of Java", Preprocessing.imageNet().withSize(SIDE, SIDE), 16, scorer),
        Labels.of(labels));
  }

  /** A picture of some texture. */
  public static Image picture(int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (40 + (i * 31 + i / 97 * 17) % 200);
    }
    return Image.of8(width, height, 3, pixels);
  }

  /** Explains one picture. */
  public static Explanation of(int classes, PixelScorer scorer, ExplainOptions options) {
    try (Explainer explainer = explainer(classes, scorer)) {
      return explainer.explain(picture(SIDE, SIDE), options, Progress.none());
    }
  }

  /** The same as if it were of a forward pass in another number format. */
  public static Explanation in(Explanation from, String precision) {
    return in(from, precision, precision);
  }

  /** The same, scored in one number format, the whole picture in another. */
  public static Explanation in(Explanation from, String precision, String original) {
    Provenance made = from.provenance();
    ClassifierInfo model = made.model();
    return new Explanation(
        from.picture(),
        from.placement(),
        from.perturbation(),
        from.target(),
        from.outputs(),
        from.scores(),
        from.classes(),
        from.samples(),
        null,
        from.timings(),
        new Provenance(
            made.options(),
            new ClassifierInfo(
                    model.name(), model.runtime(), null, "cpu", precision, 1, List.of(), List.of())
                .withOriginalPrecision(original),
            made.preprocessing(),
            made.batch(),
            made.versions(),
            made.cpu(),
            made.kernels()),
        List.of());
  }

  /** Judges an explanation of the same classifier. */
  public static Fidelity judged(int classes, PixelScorer scorer, Explanation explanation) {
    try (Explainer explainer = explainer(classes, scorer)) {
      return explainer.fidelity(explanation, Progress.none());
    }
  }
}
