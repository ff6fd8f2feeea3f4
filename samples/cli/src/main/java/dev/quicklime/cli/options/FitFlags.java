package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** How the samples are weighted. */
@InGroup(HelpGroup.SURROGATE)
public final class FitFlags {

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

  /**
   * Refuses options that the surrogate has no use for.
   *
   * @throws InvalidInputException if one was given
   */
  public static void check(Surrogate surrogate, ParseResult given) {
    for (String option : List.of("--distance", "--width")) {
      if (surrogate instanceof Shapley && given.hasMatchedOption(option)) {
        throw new InvalidInputException(
            option
                + " says nothing about --surrogate shapley, whose samples weigh by how many"
                + " superpixels they show");
      }
    }
  }

  public ExplainOptions applyTo(ExplainOptions options) {
    double w = Parse.number("--width", width, "a number above 0", value -> value > 0);
    return options.withLocality(
        new Locality(Parse.choice("--distance", distance, Distance.class), w));
  }
}
