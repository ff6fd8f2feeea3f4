package dev.quicklime;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import java.util.List;
import java.util.Objects;

/**
 * Options under a name, as a place to start from: whatever {@link ExplainOptions} can be told
 * otherwise by its {@code with…} methods.
 *
 * @param name what it is called, as users type it
 * @param purpose what it is for, in a clause
 * @param options what it stands for
 */
public record Preset(String name, String purpose, ExplainOptions options) {

  /** All that there are, in the order in which they are listed; {@code default} is the first. */
  public static final List<Preset> ALL =
      List.of(
          new Preset("default", "a sparse explanation of probabilities", ExplainOptions.defaults()),
          new Preset(
              "tiles-top1",
              "tiles, and whether the class wins instead of by how much",
              ExplainOptions.defaults()
                  .withSegmenter(new Tiles(8, 8))
                  .withTarget(Target.TOP1)
                  .withFill(Fill.gray())
                  .withSurrogate(Lasso.defaults())),
          new Preset(
              "k-lasso",
              "ten superpixels for each class, as in LIME's paper",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(50))
                  .withTarget(Target.PROBABILITY)
                  .withFill(new Fill.SegmentMean())
                  .withSurrogate(new KLasso(10, 1, true))),
          new Preset(
              "slic100-gray",
              "a sparse explanation of raw scores",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(100))
                  .withTarget(Target.LOGIT)
                  .withFill(Fill.gray())
                  .withSurrogate(Lasso.defaults())),
          new Preset(
              "slic20-black",
              "few large superpixels, only those that speak for a class",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(20))
                  .withSamples(500)
                  .withTarget(Target.LOGIT)
                  .withScoresShown(4)
                  .withFill(Fill.black())
                  .withSurrogate(Lasso.defaults().withAlpha(0.1))),
          new Preset(
              "lime",
              "what Python's lime does unless told otherwise, on SLIC's superpixels",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(50))
                  .withSamples(999)
                  .withDesign(Bernoulli.defaults())
                  .withTarget(Target.PROBABILITY)
                  .withClasses(ClassChoice.top(5))
                  .withScoresShown(5)
                  .withFill(new Fill.SegmentMean())
                  .withLocality(Locality.defaults())
                  // With all superpixels kept, lime's two ridges come to the second one alone.
                  .withSurrogate(new Ridge(1, true))),
          new Preset(
              "shapley",
              "Shapley values, which add up to what the whole picture scores above the empty one",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(50))
                  .withDesign(new Leverage())
                  .withTarget(Target.PROBABILITY)
                  .withFill(Fill.gray())
                  .withSurrogate(new Shapley())),
          new Preset(
              "fast",
              "as few samples as steady weights need, with an interval for each",
              ExplainOptions.defaults()
                  .withSegmenter(Slic.of(100))
                  .withSamples(1024)
                  .withDesign(new FoldedHadamard())
                  .withStop(0.05)
                  .withTarget(Target.LOGIT)
                  .withFill(Fill.gray())
                  .withSurrogate(LeastSquares.defaults())));

  /** Their names, in the same order. */
  public static final List<String> NAMES = ALL.stream().map(Preset::name).toList();

  /** Refuses what is missing. */
  public Preset {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(options, "options");
  }

  /**
   * The one of {@link #ALL} with this name, in its very letters.
   *
   * @throws InvalidInputException naming all of them, if there is none
   */
  public static Preset named(String name) {
    Objects.requireNonNull(name, "name");
    return ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "preset must be one of " + String.join(", ", NAMES) + ", got " + name));
  }
}
