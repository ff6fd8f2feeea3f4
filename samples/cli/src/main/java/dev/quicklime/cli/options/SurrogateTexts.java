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

  /**
   * The same for surrogates without an intercept too, and for the strongest few of one. The flag
   * for the first has the value {@code true}.
   */
  static Map<String, String> ofAny(Surrogate surrogate) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (surrogate instanceof Strongest strongest) {
      texts.putAll(strongest(strongest));
    } else {
      texts.putAll(of(surrogate.intercept() ? surrogate : surrogate.withIntercept(true)));
    }
    if (!surrogate.intercept()) {
      texts.put("--no-intercept", "true");
    }
    return texts;
  }

  private static Map<String, String> strongest(Strongest strongest) {
    SurrogateTexts texts = new SurrogateTexts();
    Surrogate ranking = strongest.ranking().withIntercept(true);
    boolean own =
        switch (ranking) {
          case Ridge ridge -> ridge.alpha() == strongest.ridge();
          case LeastSquares _, L1Ball _, L2Ball _ -> strongest.ridge() == 0;
          default -> false;
        };
    if (own) {
      texts.values.putAll(of(ranking));
    } else if (strongest.withIntercept(true).equals(limes(strongest))) {
      texts.values.put("--surrogate", Parse.word(SurrogateFlags.Kind.LIME));
      texts.values.put("--alpha", OptionTexts.number(strongest.ridge()));
    } else {
      throw OptionTexts.unsaid(strongest);
    }
    texts.features(strongest.features());
    return texts.values;
  }

  /** What Python's lime ranks by, if it ranks for as many features. */
  private static Strongest limes(Strongest strongest) {
    Strongest own = Strongest.lime(Math.max(strongest.features(), SurrogateFlags.LIME_FORWARD + 1));
    return new Strongest(own.features(), own.ranking(), strongest.ridge());
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
