package dev.quicklime.tabular;

import dev.quicklime.model.Target;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear surrogate around a row.
 *
 * @param surrogate what was fitted
 * @param fit as it was fitted: to features that vary, less the row's value and divided by σ, or 1
 *     and 0 for categorical ones; coefficients are those for one standard deviation
 * @param effects one for each feature that varies, in order
 * @param intercept value of the surrogate where every numeric feature is 0 and every categorical
 *     one has another value than the row, in units of the score
 * @param localPrediction value of the surrogate at the row
 */
public record TabularFit(
    Surrogate surrogate,
    LinearFit fit,
    List<Effect> effects,
    double intercept,
    double localPrediction) {

  /** Copies the effects. */
  public TabularFit {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(effects, "effects");
    effects = List.copyOf(effects);
  }

  /** Puts a fit into the features' own units. */
  static TabularFit of(Surrogate surrogate, LinearFit fit, List<Feature> features) {
    List<Effect> effects = new ArrayList<>();
    double intercept = fit.intercept();
    double prediction = fit.intercept();
    for (int j = 0; j < features.size(); j++) {
      Feature feature = features.get(j);
      if (feature.fixed()) {
        continue;
      }
      int place = effects.size();
      double perDeviation = fit.coefficients().get(place);
      double coefficient = perDeviation / feature.deviation();
      Double error = null;
      Double margin = null;
      if (fit.intervals() instanceof Intervals.Margins margins) {
        error = margins.standardErrors().get(place) / feature.deviation();
        margin = margins.halfWidth(place) / feature.deviation();
      }
      effects.add(new Effect(j, coefficient, perDeviation, error, margin));
      if (feature.categorical()) {
        prediction += coefficient;
      } else {
        intercept -= coefficient * feature.number();
      }
    }
    return new TabularFit(surrogate, fit, effects, intercept, prediction);
  }

  /** The same, with a notice where the local prediction is none that a target can have. */
  TabularFit doubted(Target target) {
    String doubt = target.doubt(localPrediction);
    return doubt == null
        ? this
        : new TabularFit(surrogate, fit.noticing(doubt), effects, intercept, localPrediction);
  }

  /** Weighted R² on the rows that were fitted, or null if the scores do not vary. */
  public @Nullable Double r2() {
    return fit.r2();
  }

  /** Effects, those with the largest |perDeviation| first. */
  public List<Effect> strongest() {
    return effects.stream()
        .sorted(Comparator.comparingDouble(effect -> -Math.abs(effect.perDeviation())))
        .toList();
  }

  /** How many features the surrogate uses. */
  public int selected() {
    return (int) effects.stream().filter(Effect::selected).count();
  }
}
