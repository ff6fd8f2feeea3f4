package dev.quicklime.cli.options;

import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way back from a surrogate to the options that ask for it. */
final class SurrogateTexts {

  private final Map<String, String> values = new LinkedHashMap<>();

  private SurrogateTexts() {}

  /** Options with their values; a value that is the surrogate's own anyway is left out. */
  static Map<String, String> of(Surrogate surrogate) {
    if (!surrogate.intercept()) {
      // A flag, which has no value that could be overridden.
      throw OptionTexts.unsaid(surrogate);
    }
    SurrogateTexts texts = new SurrogateTexts();
    texts.values.put("--surrogate", SurrogateFlags.name(surrogate));
    switch (surrogate) {
      case Lasso lasso -> texts.alpha(lasso.alpha());
      case ElasticNet net -> {
        texts.alpha(net.alpha());
        texts.number("--l1-ratio", net.l1Ratio(), ElasticNet.defaults().l1Ratio());
      }
      case Ridge ridge -> texts.number("--alpha", ridge.alpha(), Ridge.defaults().alpha());
      case LeastSquares _, Shapley _ -> {}
      case KLasso lasso -> {
        texts.features(lasso.features());
        texts.number("--alpha", lasso.ridge(), KLasso.defaults().ridge());
      }
      case ForwardSelection forward -> {
        texts.features(forward.features());
        texts.number("--alpha", forward.ridge(), ForwardSelection.defaults().ridge());
      }
      case BestSubset subset -> {
        texts.features(subset.features());
        texts.number("--limit", subset.seconds(), BestSubset.defaults().seconds());
      }
      case L1Ball ball -> texts.values.put("--radius", OptionTexts.number(ball.radius()));
      case L2Ball ball -> texts.values.put("--radius", OptionTexts.number(ball.radius()));
      case Strongest _ -> throw OptionTexts.unsaid(surrogate);
    }
    return texts.values;
  }

  private void alpha(Alpha alpha) {
    switch (alpha) {
      case Alpha.Auto _ -> values.put("--alpha", "auto");
      case Alpha.Fixed(double value) -> values.put("--alpha", OptionTexts.number(value));
      case Alpha.Criterion(Alpha.Criterion.Kind kind) -> values.put("--alpha", Parse.word(kind));
      case Alpha.CrossValidated(int folds) -> values.put("--alpha", "cv:" + folds);
      case Alpha.Keeping(int features) -> features(features);
    }
  }

  private void features(int features) {
    values.put("--features", Integer.toString(features));
  }

  private void number(String option, double value, double unsaid) {
    if (value != unsaid) {
      values.put(option, OptionTexts.number(value));
    }
  }
}
