package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.ExplainOptions;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
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
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateOptionsTest extends ParsedExplain {

  @Test
  void shouldSelectAsLimeDoes() throws IOException {
    assertEquals(new Ridge(1, true), options("--surrogate=lime").surrogate());
    assertEquals(
        new ForwardSelection(6, 1, true), options("--surrogate=lime", "--features=6").surrogate());
    assertEquals(Strongest.lime(7), options("--preset=lime", "--features=7").surrogate());
    assertEquals(
        new Strongest(7, new Ridge(0.01, false), 2),
        options("--preset=lime", "--features=7", "--alpha=2", "--no-intercept").surrogate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--surrogate=ridge --alpha=cv | --alpha must be a number of at least 0, got cv",
        "--surrogate=ols --alpha=1 | --alpha says nothing about --surrogate ols",
        "--surrogate=best-subset --alpha=1 | --alpha says nothing about --surrogate best-subset",
        "--surrogate=lasso --alpha=1 --features=3 | --alpha cannot be combined with --features"
            + " for --surrogate lasso: each follows from the other",
        "--surrogate=elastic-net --l1-ratio=0 | --l1-ratio must be above 0 and at most 1, got 0",
        "--surrogate=l2-ball --radius=-1 | --radius must be a number above 0, got -1",
        "--surrogate=shapley --alpha=1 | --alpha says nothing about --surrogate shapley",
        "--surrogate=shapley --features=3 | --features says nothing about --surrogate shapley",
        "--surrogate=shapley --width=0.3 | --width says nothing about --surrogate shapley, whose"
            + " samples weigh by how many superpixels they show",
        "--preset=shapley --distance=hamming | --distance says nothing about --surrogate shapley,"
            + " whose samples weigh by how many superpixels they show",
        "--surrogate=shapley --no-intercept | --no-intercept says nothing about --surrogate"
            + " shapley, whose intercept is the score of the empty picture",
        "--surrogate=shapley --design=hadamard | --surrogate shapley needs --design leverage or"
            + " exhaustive, whose samples say how Shapley values weigh them, got hadamard",
        "--surrogate=best-subset --limit=0 | --limit must be seconds above 0, at most 86400,"
            + " got 0",
      })
  void shouldRefuseOptionsOfAnotherSurrogate(String options, String message) {
    assertEquals(message, refused(options.split(" ")));
  }

  @Test
  void shouldTakeEachSurrogate() throws IOException {
    assertEquals(new Lasso(new Alpha.Keeping(7), true), options("--features=7").surrogate());
    assertEquals(
        new Lasso(new Alpha.CrossValidated(10), false),
        options("--alpha=cv", "--no-intercept").surrogate());
    assertEquals(new Lasso(new Alpha.CrossValidated(5), true), options("--alpha=cv:5").surrogate());
    assertEquals(
        new Lasso(new Alpha.Criterion(Alpha.Criterion.Kind.AIC), true),
        options("--alpha=aic").surrogate());
    assertEquals(
        new ElasticNet(Alpha.of(0.1), 0.2, true),
        options("--surrogate=elastic-net", "--alpha=.1", "--l1-ratio=.2").surrogate());
    assertEquals(Ridge.defaults(), options("--surrogate=ridge").surrogate());
    assertEquals(
        new Strongest(4, new Ridge(2, true), 2),
        options("--surrogate=ridge", "--alpha=2", "--features=4").surrogate());
    assertEquals(LeastSquares.defaults(), options("--surrogate=ols").surrogate());
    assertEquals(KLasso.defaults(), options("--surrogate=k-lasso").surrogate());
    assertEquals(ForwardSelection.defaults(), options("--surrogate=forward").surrogate());
    assertEquals(
        new BestSubset(3, 0.5, true),
        options("--surrogate=best-subset", "--features=3", "--limit=.5").surrogate());
    assertEquals(new L1Ball(2, true), options("--surrogate=l1-ball", "--radius=2").surrogate());
    assertEquals(
        new L2Ball(2, false),
        options("--surrogate=l2-ball", "--radius=2", "--no-intercept").surrogate());
  }

  @Test
  void shouldDrawWhatShapleyValuesNeed() throws IOException {
    ExplainOptions options = options("--surrogate=shapley");
    assertEquals(new Shapley(), options.surrogate());
    assertEquals(new Leverage(), options.design());
    assertEquals(
        new Exhaustive(),
        options("--surrogate=shapley", "--design=exhaustive", "--tiles=2x2").design());
    assertEquals(new Leverage(), options("--preset=fast", "--surrogate=shapley").design());
    assertEquals(Bernoulli.defaults(), options("--preset=shapley", "--surrogate=lasso").design());
    assertEquals(new Leverage(), options("--preset=shapley", "--surrogate=shapley").design());
    assertEquals(new FoldedHadamard(), options("--preset=fast", "--surrogate=ridge").design());
  }

  @Test
  void shouldDropAPresetsPenaltyWhereAnotherSurrogateIsAskedFor() throws IOException {
    assertEquals(
        LeastSquares.defaults(), options("--preset=slic20-black", "--surrogate=ols").surrogate());
    assertEquals(
        new Lasso(new Alpha.Keeping(3), true),
        options("--preset=slic20-black", "--features=3").surrogate());
    assertEquals(Ridge.defaults(), options("--preset=k-lasso", "--surrogate=ridge").surrogate());
    assertEquals(new KLasso(4, 1, true), options("--preset=k-lasso", "--features=4").surrogate());
  }
}
