package dev.quicklime.tabular;

import dev.quicklime.fidelity.Verdict;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Timings;
import dev.quicklime.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a model scores a row as it does. Plain heap data with nothing to close; may be shared between
 * threads.
 *
 * @param features the columns with the row's values
 * @param scores all classes with their scores for the row, best first
 * @param classes the explained classes
 * @param target what of them was explained; raw scores where the model has one output only
 * @param samples rows, weights and scores
 * @param options what was asked for
 * @param model the model and what it ran on
 * @param timings time of each stage
 * @param notices what a reader should know about the whole
 */
public record TabularExplanation(
    List<Feature> features,
    List<ScoredClass> scores,
    List<TabularClass> classes,
    Target target,
    TabularSamples samples,
    TabularOptions options,
    ClassifierInfo model,
    Timings timings,
    List<String> notices) {

  /** Copies the lists. */
  public TabularExplanation {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timings, "timings");
    Objects.requireNonNull(notices, "notices");
    features = List.copyOf(features);
    scores = List.copyOf(scores);
    classes = List.copyOf(classes);
    notices = List.copyOf(notices);
  }

  /**
   * The same rows and scores with another surrogate, for which the model is not needed. Timings
   * stay those of when the rows were scored.
   */
  public TabularExplanation refit(Surrogate surrogate) {
    Objects.requireNonNull(surrogate, "surrogate");
    TabularOptions asked = options.withSurrogate(surrogate);
    List<TabularFit> fits = samples.fit(surrogate);
    List<TabularClass> refitted = new ArrayList<>();
    for (int c = 0; c < fits.size(); c++) {
      TabularClass before = classes.get(c);
      refitted.add(new TabularClass(before.scored(), before.value(), fits.get(c).doubted(target)));
    }
    return new TabularExplanation(
        features, scores, refitted, target, samples, asked, model, timings, notices);
  }

  /**
   * How far the effects on a class follow the model.
   *
   * @param position of the class among the explained ones, from 0
   * @return null where its scores do not vary
   */
  public @Nullable Verdict verdict(int position) {
    TabularClass explained = classes.get(position);
    double[] scores = samples.scores();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = position; i < scores.length; i += classes.size()) {
      least = Math.min(least, scores[i]);
      most = Math.max(most, scores[i]);
    }
    return Verdict.of(
        explained.fit().fit(),
        explained.fit().localPrediction(),
        explained.value(),
        most - least,
        Locality.effectiveSamples(samples.weights()),
        null);
  }

  /** Whether the model has one output, which is explained as it is and not as a sigmoid. */
  public boolean regression() {
    return scores.size() == 1 && target != Target.SIGMOID;
  }
}
