package dev.quicklime.profile;

import dev.quicklime.design.Design;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;

/** Tells which designs of a profile share samples or what their fits converge to. */
final class SharedDesigns {

  private SharedDesigns() {}

  /** The design whose limit for samples without end a design's fits go to. */
  static Design law(Design design) {
    return design instanceof FixedSize || design instanceof Leverage
        ? design
        : new FoldedHadamard();
  }

  /** The design whose rows a design's are. */
  static Design rows(Design design) {
    return design instanceof TwoPhase ? new FoldedHadamard() : design;
  }
}
