package dev.quicklime.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the fits of a profile are compared with: converged ones, for every law and target. */
final class References {

  private final List<Target> targets;
  private final Map<Design, List<Reference>> byLaw;

  private References(List<Target> targets, Map<Design, List<Reference>> byLaw) {
    this.targets = targets;
    this.byLaw = byLaw;
  }

  /** Fits them. */
  static References fit(ProfileOptions options, ReferenceSource source, SampleFitter fitter) {
    Map<Design, List<Reference>> byLaw = new HashMap<>();
    for (Design law : options.designs().stream().map(SharedDesigns::law).distinct().toList()) {
      byLaw.put(law, fit(law, options, source, fitter));
    }
    return new References(options.targets(), byLaw);
  }

  private static List<Reference> fit(
      Design law, ProfileOptions options, ReferenceSource source, SampleFitter fitter) {
    int targets = options.targets().size();
    List<List<LinearFit>> halves = new ArrayList<>();
    for (ReferenceSet half : ReferenceSet.halves(law, options)) {
      DrawnSamples drawn = new DrawnSamples(law, half.seed(), source.scored(half));
      for (int t = 0; t < targets; t++) {
        halves.add(fitter.fit(options.explain().surrogate(), drawn, t, half.samples()).fits());
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
