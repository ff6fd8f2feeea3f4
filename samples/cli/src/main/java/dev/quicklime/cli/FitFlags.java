package dev.quicklime.cli;

import dev.quicklime.ExplainOptions;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.Surrogate;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the samples are weighted, and what is fitted to them. */
final class FitFlags {

  @Option(
      names = "--distance",
      paramLabel = "cosine|euclidean|hamming",
      description = "How far a perturbed picture is from the original (default: ${DEFAULT-VALUE}).")
  private String distance = "cosine";

  @Option(
      names = "--width",
      paramLabel = "W",
      description =
          "A sample at distance D weighs exp(-D^2 / (2 W^2)) (default: ${DEFAULT-VALUE}).")
  private String width = "0.25";

  @Option(
      names = "--surrogate",
      paramLabel = "lasso",
      description = "The model that is fitted (default: ${DEFAULT-VALUE}).")
  private String surrogate = "lasso";

  @Option(
      names = "--alpha",
      paramLabel = "auto|A",
      description =
          "Its penalty: the larger, the fewer superpixels; auto takes the one of the best"
              + " information criterion (default: ${DEFAULT-VALUE}).")
  private String alpha = "auto";

  @Option(
      names = "--no-intercept",
      description = "Fits without a constant term (default: with one).")
  private boolean noIntercept;

  ExplainOptions applyTo(ExplainOptions options) {
    double w = Parse.number("--width", width, "a number above 0", value -> value > 0);
    return options
        .withLocality(new Locality(Parse.choice("--distance", distance, Distance.class), w))
        .withSurrogate(surrogate());
  }

  private Surrogate surrogate() {
    return Parse.choice(
        "--surrogate", surrogate, Map.of("lasso", new Lasso(alpha(), !noIntercept)), "lasso");
  }

  private Alpha alpha() {
    return alpha.equals("auto")
        ? Alpha.auto()
        : Alpha.of(
            Parse.number("--alpha", alpha, "auto or a number of at least 0", value -> value >= 0));
  }
}
