package dev.quicklime.serve.model;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One picture that is to be explained.
 *
 * @param model by which
 * @param picture what is explained
 * @param asked how
 * @param figures what comes beside the numbers
 * @param layer that Grad-CAM attributes to, or null for the one that it finds
 */
public record ExplainCall(
    ServedModel model,
    AskedPicture picture,
    OptionReader.Asked asked,
    Set<FigureKind> figures,
    @Nullable String layer) {

  /** Copies the set. */
  public ExplainCall {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(asked, "asked");
    figures = Set.copyOf(figures);
  }
}
