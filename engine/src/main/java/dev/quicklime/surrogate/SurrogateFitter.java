package dev.quicklime.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Fits surrogates. All methods are pure functions. */
public final class SurrogateFitter {

  /** How many parts a hint about an empty fit offers to keep. */
  private static final int FEW = 5;

  private SurrogateFitter() {}

  /**
   * Fits a surrogate to one class.
   *
   * @param gram sums over masks and weights
   * @param moments sums over the class's scores, of the same masks and weights
   * @param effectiveSamples (Σw)²/Σw², which an information criterion takes for the number of
   *     samples
   */
  public static LinearFit fit(
      Surrogate surrogate, Gram gram, Moments moments, double effectiveSamples) {
    return fitAll(surrogate, gram, List.of(moments), effectiveSamples).getFirst();
  }

  /**
   * Fits a surrogate to each of some classes; the quadratic form that they share is computed once.
   *
   * @param gram sums over masks and weights
   * @param moments sums over each class's scores, of the same masks and weights
   * @param effectiveSamples (Σw)²/Σw²
   * @return one fit for each class, in order
   */
  public static List<LinearFit> fitAll(
      Surrogate surrogate, Gram gram, List<Moments> moments, double effectiveSamples) {
    for (Moments scores : moments) {
      if (scores.columns() != gram.columns()) {
        throw new IllegalArgumentException(
            "moments must have as many columns as the Gram matrix, "
                + gram.columns()
                + ", got "
                + scores.columns());
      }
    }
    QuadraticForm form = QuadraticForm.of(gram, surrogate.intercept());
    List<LinearFit> fits = new ArrayList<>();
    for (Moments scores : moments) {
      fits.add(
          switch (surrogate) {
            case Lasso lasso -> lasso(lasso, gram, form, scores, effectiveSamples);
          });
    }
    return fits;
  }

  private static LinearFit lasso(
      Lasso lasso, Gram gram, QuadraticForm form, Moments moments, double samples) {
    NormalEquations problem = NormalEquations.of(form, moments);
    List<String> notices = new ArrayList<>();
    double scale = moments.mean() * moments.mean() + moments.deviation() / gram.totalWeight();
    boolean constant = !(moments.deviation() > gram.totalWeight() * scale * 1e-28);
    if (constant) {
      notices.add(
          "the scores of this class do not vary over the samples that carry weight: R² is"
              + " undefined");
    }
    double alpha =
        switch (lasso.alpha()) {
          case Alpha.Fixed(double value) -> value;
          case Alpha.Auto _ -> AlphaSearch.choose(problem, samples, notices);
        };
    CoordinateDescent descent = new CoordinateDescent(problem);
    if (!(constant && lasso.intercept())) {
      if (!descent.solve(alpha)) {
        notices.add(
            String.format(
                Locale.ROOT,
                "coordinate descent stopped after %d sweeps with a duality gap of %.2e",
                descent.sweeps(),
                descent.gap(alpha)));
      }
      if (descent.nonZeros() == 0) {
        notices.add(emptyFit(problem, alpha));
      }
    }
    double[] beta = descent.coefficients();
    double intercept = lasso.intercept() ? moments.mean() - predictionAtMean(gram, beta) : 0;
    Double r2 = constant ? null : rSquared(gram, moments, descent.residual());
    return new LinearFit(intercept, Arrays.stream(beta).boxed().toList(), null, alpha, r2, notices);
  }

  private static double predictionAtMean(Gram gram, double[] beta) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) {
      sum += beta[j] * (gram.sum(j) / gram.totalWeight());
    }
    return sum;
  }

  private static double rSquared(Gram gram, Moments moments, double residual) {
    return 1 - residual / (moments.deviation() / gram.totalWeight());
  }

  private static String emptyFit(NormalEquations problem, double alpha) {
    int few = Math.min(FEW, problem.size());
    double keeping = AlphaSearch.keeping(problem, few);
    if (!(keeping > 0)) {
      return String.format(
          Locale.ROOT,
          "alpha %.4g removes every coefficient, and none leaves %d: hardly any superpixel varies"
              + " over the samples that carry weight",
          alpha,
          few);
    }
    return String.format(
        Locale.ROOT,
        "alpha %.4g removes every coefficient; just under %.4g one is kept, from %.4g on %d are",
        alpha,
        problem.smallestEmptyAlpha(),
        keeping,
        few);
  }
}
