package dev.quicklime.profile;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.surrogate.Shapley;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks of a picture that none of its profiled fits is made from, and all are compared by.
 *
 * @param design what they are drawn by
 * @param samples how many, the original not counted
 * @param seed that they are drawn with
 */
record ReferenceSet(Design design, int samples, long seed) {

  /** Seeds of the two halves, which no profiled seed should be. */
  private static final List<Long> HALVES = List.of(0x1EE7_0001_5EED_0001L, 0x1EE7_0002_5EED_0002L);

  /** Seed of the samples that no fit sees, which no profiled seed should be. */
  private static final long UNSEEN = 0x1EE7_0003_5EED_0003L;

  /** All of a profile: the samples that no fit sees, then the halves of every law. */
  static List<ReferenceSet> all(ProfileOptions options) {
    List<ReferenceSet> all = new ArrayList<>();
    all.add(unseen(options));
    options.designs().stream()
        .map(SharedDesigns::law)
        .distinct()
        .forEach(law -> all.addAll(halves(law, options)));
    return all;
  }

  /** Samples that no fit sees. */
  static ReferenceSet unseen(ProfileOptions options) {
    Design design =
        options.explain().surrogate() instanceof Shapley ? new Leverage() : Bernoulli.defaults();
    return new ReferenceSet(design, options.heldOut(), UNSEEN);
  }

  /** Samples of the two fits whose mean is the converged one of a law. */
  static List<ReferenceSet> halves(Design law, ProfileOptions options) {
    return HALVES.stream()
        .map(seed -> new ReferenceSet(law, options.reference() / 2, seed))
        .toList();
  }

  /** With the original. */
  int rows() {
    return samples + 1;
  }

  MaskMatrix draw(int superpixels) {
    return MaskSampler.draw(design, samples, superpixels, seed);
  }

  /** Some of the rows, of which 0 is the original. */
  MaskMatrix draw(int superpixels, int from, int to) {
    return MaskSampler.draw(design, samples, superpixels, seed, from, to);
  }
}
