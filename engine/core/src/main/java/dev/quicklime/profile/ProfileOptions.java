package dev.quicklime.profile;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.model.Target;
import java.util.List;
import java.util.Objects;

/**
 * What a profile of samples against fidelity compares.
 *
 * @param explain superpixels, fill, classes, locality and surrogate of every fit; its samples,
 *     design, target, seed and stop rule are not used
 * @param designs compared, each once, none of them exhaustive
 * @param counts numbers of samples, rising
 * @param targets what of the scores is explained, each once
 * @param stop bound of a stop rule that is tried besides, with the last of the counts as the most
 *     samples, strictly between 0 and 1; or 0 for none
 * @param reference samples of the converged fit that errors are about, even and ≥ 2
 * @param heldOut samples that no fit sees, by which they are judged, ≥ 1
 */
public record ProfileOptions(
    ExplainOptions explain,
    List<Design> designs,
    List<Integer> counts,
    List<Target> targets,
    double stop,
    int reference,
    int heldOut) {

  /** Copies and checks the lists. */
  public ProfileOptions {
    Objects.requireNonNull(explain, "explain");
    Objects.requireNonNull(designs, "designs");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(targets, "targets");
    designs = List.copyOf(designs);
    counts = List.copyOf(counts);
    targets = List.copyOf(targets);
    if (designs.isEmpty() || counts.isEmpty() || targets.isEmpty()) {
      throw new InvalidInputException(
          "designs, counts and targets must have at least one each, got %s, %s and %s"
              .formatted(designs, counts, targets));
    }
    if (designs.stream().distinct().count() != designs.size()
        || targets.stream().distinct().count() != targets.size()) {
      throw new InvalidInputException(
          "designs and targets must be named once each, got %s and %s".formatted(designs, targets));
    }
    if (designs.stream().anyMatch(Exhaustive.class::isInstance)) {
      throw new InvalidInputException(
          "designs must be drawn; an exhaustive one has no number of samples");
    }
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) < (i == 0 ? 1 : counts.get(i - 1) + 1)
          || counts.get(i) > ExplainOptions.MAX_SAMPLES) {
        throw new InvalidInputException(
            "counts must rise from 1 to at most %s, got %s"
                .formatted(ExplainOptions.MAX_SAMPLES, counts));
      }
    }
    if (!(stop >= 0 && stop < 1)) {
      throw new InvalidInputException("stop must be 0 or between 0 and 1, got " + stop);
    }
    if (reference < 2 || reference % 2 != 0 || reference > ExplainOptions.MAX_SAMPLES) {
      throw new InvalidInputException(
          "reference must be even and between 2 and %s, got %s"
              .formatted(ExplainOptions.MAX_SAMPLES, reference));
    }
    if (heldOut < 1 || heldOut > ExplainOptions.MAX_SAMPLES) {
      throw new InvalidInputException(
          "held-out samples must be between 1 and %s, got %s"
              .formatted(ExplainOptions.MAX_SAMPLES, heldOut));
    }
  }
}
