package dev.quicklime.report.explanation;

import dev.quicklime.ClassExplanation;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.Verdict;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Target;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.text.Fact;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one fit.
 *
 * @param subject the report
 * @param fidelity what further samples said, or null
 * @param explained the class
 */
record FitFacts(Subject subject, @Nullable Fidelity fidelity, ClassExplanation explained) {

  /** How well it fits. */
  private List<Fact> brief() {
    LinearFit fit = explained.fit();
    Unit unit = subject.unit();
    List<Fact> facts = new ArrayList<>();
    ClassifierInfo model = subject.explanation().provenance().model();
    if (model.hasOriginalPrecision()) {
      // What the prediction stands beside: it is one of the samples, in their format.
      facts.add(new Fact("%s in %s".formatted(unit.noun(), model.precision()), inSamples(model)));
    } else if (unit.showsTrueValue()) {
      facts.add(new Fact(unit.noun(), unit.text(trueValue())));
    }
    facts.add(new Fact("local prediction", unit.text(fit.localPrediction())));
    facts.add(new Fact("R²", r2()));
    Verdict verdict = verdict();
    facts.add(
        new Fact(
            "verdict",
            verdict == null
                ? "none: the scores do not vary"
                : "%s (%s)".formatted(verdict.words(), verdict.because())));
    return facts;
  }

  /** The class in a row. */
  List<Fact> row() {
    ShownWeights weights = new ShownWeights(explained.fit(), subject.show());
    String words = words();
    return List.of(
        new Fact("probability", subject.digits().probability(explained.scored())),
        new Fact("R²", r2()),
        new Fact("verdict", words == null ? "none" : words),
        new Fact(
            "strongest superpixels",
            weights.count() == 0 ? "none" : weights.list(weights.strongest(3).stream())));
  }

  /** R² on the samples. */
  String r2() {
    Double r2 = explained.fit().r2();
    return r2 == null ? "undefined" : Numbers.fixed(r2, 3);
  }

  /** How far the weights follow the model; null where its scores do not vary. */
  @Nullable String words() {
    Verdict verdict = verdict();
    return verdict == null ? null : verdict.words();
  }

  /** What these words rest on, or nothing. */
  String because() {
    Verdict verdict = verdict();
    return verdict == null ? "" : verdict.because();
  }

  private @Nullable Verdict verdict() {
    int position = explanationPosition();
    return subject
        .explanation()
        .verdict(position, fidelity == null ? null : fidelity.classes().get(position).heldOutR2());
  }

  /** How well it fits, and what it was fitted with. */
  List<Fact> full() {
    LinearFit fit = explained.fit();
    Unit unit = subject.unit();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("raw score", subject.digits().score(explained.scored().score())));
    if (!unit.single()) {
      facts.add(new Fact("probability", subject.digits().probability(explained.scored())));
    }
    facts.addAll(brief());
    facts.add(new Fact("intercept", unit.text(fit.intercept())));
    facts.add(
        new Fact(
            "weights that are not 0", fit.selected().size() + " of " + fit.coefficients().size()));
    facts.addAll(penalty(fit));
    if (fit.intervals() instanceof Intervals.None(String reason)) {
      facts.add(new Fact("95 % intervals", "none: " + reason));
    }
    return facts;
  }

  private List<Fact> penalty(LinearFit fit) {
    String alpha = Numbers.significant(fit.alpha(), 3);
    return switch (subject.explanation().provenance().options().surrogate()) {
      case Lasso _, ElasticNet _, Ridge _ -> List.of(new Fact("α", alpha));
      case L1Ball _, L2Ball _ -> List.of(new Fact("multiplier of the ball", alpha));
      case KLasso _, ForwardSelection _, Strongest _ ->
          List.of(new Fact("α of the ridge at the end", alpha));
      case LeastSquares _, Shapley _ -> List.of();
      case BestSubset _ -> List.of(new Fact("proof", proof(fit)));
    };
  }

  private static String proof(LinearFit fit) {
    Double gap = fit.gap();
    return gap == null || gap == 0
        ? "no other subset explains more"
        : "another one could leave up to " + Numbers.percent(gap) + " less unexplained";
  }

  private String inSamples(ClassifierInfo model) {
    return subject.explanation().target() == Target.LOGIT
        ? new ScoreDigits(model.precision()).score(trueValue())
        : subject.unit().text(trueValue());
  }

  private double trueValue() {
    return subject.explanation().localTarget(explanationPosition());
  }

  private int explanationPosition() {
    return subject.explanation().samples().classes().indexOf(explained.scored().index());
  }
}
