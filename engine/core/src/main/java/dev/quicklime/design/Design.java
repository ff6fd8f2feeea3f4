package dev.quicklime.design;

import java.io.Serializable;

/**
 * A rule that says which superpixels are shown in each perturbed sample. Designs are data; {@link
 * MaskSampler} draws their masks.
 */
public sealed interface Design extends Serializable
    permits Antithetic, Bernoulli, Exhaustive, FixedSize, FoldedHadamard, Leverage, TwoPhase {

  /**
   * Whether the unperturbed picture, row 0 of every run, takes part in the fit with the weight of
   * its distance. Designs whose balance an extra row would spoil answer {@code false}: there row 0
   * is scored but weighs nothing.
   */
  default boolean fitsOriginal() {
    return switch (this) {
      case Bernoulli _, Exhaustive _ -> true;
      case Antithetic _, FixedSize _, FoldedHadamard _, Leverage _, TwoPhase _ -> false;
    };
  }
}
