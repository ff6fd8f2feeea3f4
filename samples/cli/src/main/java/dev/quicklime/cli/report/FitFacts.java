package dev.quicklime.cli.report;

import dev.quicklime.ClassExplanation;
import dev.quicklime.cli.report.ReportModel.Fact;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of one fit.
 *
 * @param subject the report
 * @param explained the class
 */
record FitFacts(Subject subject, ClassExplanation explained) {

  /** How well it fits. */
  List<Fact> brief() {
    LinearFit fit = explained.fit();
    Unit unit = subject.unit();
    Double r2 = fit.r2();
    List<Fact> facts = new ArrayList<>();
    if (unit.showsTrueValue()) {
      facts.add(new Fact(unit.noun(), unit.text(trueValue())));
    }
    facts.add(new Fact("local prediction", unit.text(fit.localPrediction())));
    facts.add(new Fact("R²", r2 == null ? "undefined" : Numbers.fixed(r2, 3)));
    return facts;
  }

  /** All of them. */
  List<Fact> full() {
    LinearFit fit = explained.fit();
    Unit unit = subject.unit();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("raw score", Numbers.significant(explained.scored().score(), 4)));
    if (!unit.single()) {
      facts.add(new Fact("probability", Numbers.probability(explained.scored().probability())));
    }
    facts.addAll(brief());
    facts.add(new Fact("intercept", unit.text(fit.intercept())));
    facts.add(
        new Fact(
            "weights that are not 0", fit.selected().size() + " of " + fit.coefficients().size()));
    facts.add(new Fact("α", Numbers.significant(fit.alpha(), 3)));
    return facts;
  }

  private double trueValue() {
    int position = explanationPosition();
    return subject.explanation().samples().score(0, position);
  }

  private int explanationPosition() {
    return subject.explanation().samples().classes().indexOf(explained.scored().index());
  }
}
