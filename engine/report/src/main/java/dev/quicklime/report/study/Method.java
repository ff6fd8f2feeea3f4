package dev.quicklime.report.study;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Distance;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
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
import java.util.List;

/** Says how pictures were explained, as the section of a paper on its method does. */
final class Method {

  private Method() {}

  /** Paragraphs on a study whose pictures were all explained as this one. */
  static List<String> of(Explanation explanation) {
    ExplainOptions options = explanation.provenance().options();
    String unit = Unit.of(explanation).noun();
    return List.of(
        ("Every picture was brought to the model's input of %s × %s pixels and divided there into"
             + " %s. Each of up to %s shows some of the superpixels, drawn %s; each of the others"
             + " is replaced by %s. What is explained of a class is its %s.")
            .formatted(
                explanation.segments().width(),
                explanation.segments().height(),
                parts(options.segmenter()),
                Numbers.counted(options.samples(), "perturbed sample"),
                design(options.design()),
                Words.fill(options.fill()),
                unit),
        ("A sample weighs exp(−D²/(2·%s²)), where D is %s of its binary vector from the original"
                + " of all ones. The weights of the superpixels are the coefficients of %s, fitted"
                + " for each class to the same samples: a weight says what showing the superpixel"
                + " rather than replacing it adds to the %s, on average over such samples. R² is"
                + " the weighted share of the samples' variation that the fit follows.")
            .formatted(
                plain(options.locality().width()),
                distance(options.locality().distance()),
                surrogate(options.surrogate()),
                unit));
  }

  private static String parts(Segmenter segmenter) {
    return switch (segmenter) {
      case Slic slic -> "about " + slic.segments() + " superpixels by SLIC";
      case Slico slico -> "about " + slico.segments() + " superpixels by SLICO";
      case Tiles tiles ->
          "%s × %s tiles, called superpixels below".formatted(tiles.rows(), tiles.columns());
      case GivenSegments _ -> "given superpixels";
    };
  }

  private static String design(Design design) {
    return switch (design) {
      case Bernoulli _ -> "by a fair coin for each";
      case Antithetic _ ->
          "by a fair coin for each, every second sample being the complement of the"
              + " one before it";
      case FoldedHadamard _ ->
          "as the rows of a Hadamard matrix say, each followed by its" + " complement";
      case TwoPhase _ ->
          "as the rows of a Hadamard matrix say, each followed by its complement, and"
              + " completed by a model of the scores over samples that nobody scored";
      case FixedSize _ -> "in numbers as Kernel SHAP weighs them";
      case Leverage _ ->
          "in every number equally often, each sample followed by its complement, from shuffled"
              + " decks";
      case Exhaustive _ -> "in all combinations";
    };
  }

  private static String distance(Distance distance) {
    return switch (distance) {
      case COSINE -> "the cosine distance";
      case EUCLIDEAN -> "the scaled Euclidean distance";
      case HAMMING -> "the scaled Hamming distance";
    };
  }

  private static String surrogate(Surrogate surrogate) {
    return switch (surrogate) {
      case Lasso _ -> "a weighted Lasso (ℓ1)";
      case ElasticNet _ -> "a weighted elastic net";
      case Ridge ridge ->
          "a weighted ridge regression (ℓ2, α = %s)".formatted(plain(ridge.alpha()));
      case LeastSquares _ -> "weighted least squares";
      case Shapley _ ->
          "Shapley values, which add up to what the whole picture scores above the empty one,";
      case KLasso lasso ->
          "K-LASSO (K = %s) and a ridge regression (ℓ2) on what it keeps"
              .formatted(lasso.features());
      case ForwardSelection forward ->
          "forward selection of %s".formatted(Numbers.counted(forward.features(), "superpixel"));
      case BestSubset best ->
          "the best subset of %s (ℓ0)".formatted(Numbers.counted(best.features(), "superpixel"));
      case L1Ball ball -> "weighted least squares in an ℓ1 ball of radius " + plain(ball.radius());
      case L2Ball ball -> "weighted least squares in an ℓ2 ball of radius " + plain(ball.radius());
      case Strongest strongest ->
          "the %s strongest of %s, fitted again"
              .formatted(strongest.features(), surrogate(strongest.ranking()));
    };
  }

  /** A number without zeros that say nothing. */
  private static String plain(double value) {
    return Numbers.significant(value, 3)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }
}
