package dev.quicklime.serve.model;

import java.util.Objects;
import java.util.Set;

/**
 * One picture that is to be explained.
 *
 * @param model by which
 * @param picture what is explained
 * @param asked how
 * @param figures what comes beside the numbers
 */
public record ExplainCall(
    ServedModel model, AskedPicture picture, OptionReader.Asked asked, Set<FigureKind> figures) {

  /** Copies the set. */
  public ExplainCall {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(asked, "asked");
    figures = Set.copyOf(figures);
  }
}
