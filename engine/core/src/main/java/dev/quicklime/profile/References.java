package dev.quicklime.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the fits of a profile are compared with: converged ones, for every law and target. */
final class References {

  /** Seeds of the two halves, which no profiled seed should be. */
  private static final List<Long> HALVES = List.of(0x1EE7_0001_5EED_0001L, 0x1EE7_0002_5EED_0002L);

  private final List<Target> targets;
  private final Map<Design, List<Reference>> byLaw;

  private References(List<Target> targets, Map<Design, List<Reference>> byLaw) {
    this.targets = targets;
    this.byLaw = byLaw;
  }

  /** Scores and fits them. */
  static References fit(ProfileOptions options, SharedPass pass, SampleFitter fitter, Tally tally) {
    Map<Design, List<Reference>> byLaw = new HashMap<>();
    for (Design law : options.designs().stream().map(SharedDesigns::law).distinct().toList()) {
      byLaw.put(law, fit(law, options, pass, fitter, tally));
    }
    return new References(options.targets(), byLaw);
  }

  private static List<Reference> fit(
      Design law, ProfileOptions options, SharedPass pass, SampleFitter fitter, Tally tally) {
    int targets = options.targets().size();
    int half = options.reference() / 2;
    List<List<LinearFit>> halves = new ArrayList<>();
    for (long seed : HALVES) {
      ScoredMasks scored =
          pass.score(MaskSampler.draw(law, half, pass.superpixels(), seed), tally.pass());
      tally.add(half);
      DrawnSamples drawn = new DrawnSamples(law, seed, scored);
      for (int t = 0; t < targets; t++) {
        halves.add(fitter.fit(options.explain().surrogate(), drawn, t, half).fits());
      }
    }
    return IntStream.range(0, targets)
        .mapToObj(t -> Reference.of(halves.get(t), halves.get(targets + t)))
        .toList();
  }

  /**
   * What fits of a design go to.
   *
   * @throws InvalidInputException if the profile was not asked for the design or target
   */
  Reference of(Design design, Target target) {
    List<Reference> byTarget = byLaw.get(SharedDesigns.law(design));
    if (byTarget == null || !targets.contains(target)) {
      throw new InvalidInputException(
          "the profile must have been asked for " + design + " and " + target);
    }
    return byTarget.get(targets.indexOf(target));
  }
}
