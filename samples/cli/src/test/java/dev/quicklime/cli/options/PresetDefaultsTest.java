package dev.quicklime.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.report.figure.Show;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
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
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

class PresetDefaultsTest {

  private static final ExplainOptions STANDARD = ExplainOptions.defaults();

  static List<String> names() {
    return Preset.NAMES;
  }

  /** Settings that differ from the defaults in every way that an option says. */
  static List<ExplainOptions> said() {
    return List.of(
        STANDARD.withSegmenter(new Slic(7, 2.5, 10)).withSamples(12).withDesign(new Antithetic()),
        STANDARD.withSegmenter(Slico.of(30)).withDesign(new TwoPhase()).withStop(1e-5),
        STANDARD.withDesign(new FixedSize()).withTarget(Target.SIGMOID).withScoresShown(9),
        STANDARD.withDesign(new Exhaustive()).withClasses(ClassChoice.of(2, 0)).withSeed(-5),
        STANDARD.withFill(new Fill.ImageMean()).withLimits(new ReadLimits(1000)),
        STANDARD.withFill(new Fill.Blur(10)),
        STANDARD.withFill(new Fill.Blur(2.25)),
        STANDARD.withFill(new Fill.Constant(List.of(255.0, 0.0, 17.0))),
        STANDARD.withLocality(new Locality(Distance.HAMMING, 100)));
  }

  static List<Surrogate> surrogates() {
    return List.of(
        new Lasso(new Alpha.Criterion(Alpha.Criterion.Kind.BIC), true),
        new Lasso(new Alpha.CrossValidated(5), true),
        new Lasso(new Alpha.Keeping(4), true),
        new Lasso(Alpha.of(1e-9), true),
        ElasticNet.defaults(),
        new ElasticNet(Alpha.of(0), 0.125, true),
        new Ridge(2.5, true),
        LeastSquares.defaults(),
        new KLasso(3, 0.5, true),
        ForwardSelection.defaults(),
        new ForwardSelection(4, 1, true),
        BestSubset.defaults(),
        new BestSubset(5, 2, true),
        new L1Ball(0.75, true),
        new L2Ball(12, true));
  }

  @Command
  private static final class Holder {
    @Mixin private final Settings settings = new Settings();
  }

  private static Settings.Chosen chosen(List<String> args) {
    Holder holder = new Holder();
    CommandLine line = new CommandLine(holder);
    line.parseArgs(args.toArray(String[]::new));
    CommandSpec spec = line.getCommandSpec();
    return holder.settings.choose(spec);
  }

  private static ExplainOptions read(Map<String, String> values) {
    List<String> args = new ArrayList<>();
    values.forEach((option, value) -> args.add(option + "=" + value));
    return chosen(args).options();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeReadAsTheEnginesPreset(String name) {
    Settings.Chosen chosen = chosen(List.of("--preset=" + name));
    assertEquals(ExplainOptions.preset(name), chosen.options());
    assertEquals(Preset.named(name), chosen.preset());
    assertEquals(name.equals("slic20-black") ? Show.POSITIVE : Show.BOTH, chosen.show());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeReadTheSameIfTyped(String name) {
    assertEquals(ExplainOptions.preset(name), read(PresetDefaults.named(name).values()));
    assertEquals(
        ExplainOptions.preset(name), read(OptionTexts.of(Preset.named(name).options())), name);
  }

  @Test
  void shouldSelectAsLimeDoesWhereFeaturesAreGiven() {
    assertEquals(
        Strongest.lime(7), chosen(List.of("--preset=lime", "--features=7")).options().surrogate());
  }

  @Test
  void shouldListWhatEachIsForAndWhatItSets() {
    StringWriter text = new StringWriter();
    PresetDefaults.list(new PrintWriter(text));
    assertEquals(
        """
        default: a sparse explanation of probabilities
          the defaults of every option
        tiles-top1: tiles, and whether the class wins instead of by how much
          --top 3 --target top1 --tiles 8x8 --samples 1000 --fill gray --surrogate lasso --alpha \
        auto
        k-lasso: ten superpixels for each class, as in LIME's paper
          --top 3 --target probability --segments 50 --samples 1000 --fill mean --surrogate \
        k-lasso --features 10
        slic100-gray: a sparse explanation of raw scores
          --top 3 --target logit --segments 100 --samples 1000 --fill gray --surrogate lasso \
        --alpha auto
        slic20-black: few large superpixels, only those that speak for a class
          --top 3 --scores 4 --target logit --segments 20 --samples 500 --fill black --surrogate \
        lasso --alpha 0.1 --show positive
        lime: what Python's lime does unless told otherwise, on SLIC's superpixels
          --top 5 --scores 5 --target probability --segments 50 --samples 999 --design bernoulli \
        --fill mean --distance cosine --width 0.25 --surrogate lime
        shapley: Shapley values, which add up to what the whole picture scores above the empty one
          --top 3 --target probability --segments 50 --samples 1000 --design leverage --fill gray \
        --surrogate shapley
        fast: as few samples as steady weights need, with an interval for each
          --top 3 --target logit --segments 100 --samples 1024 --design hadamard --stop 0.05 --fill \
        gray --surrogate ols
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void shouldNameThemAllInTheHelp() {
    String help = new CommandLine(new Holder()).getUsageMessage().replaceAll("\\s+", " ");
    List<String> but = Preset.NAMES.subList(0, Preset.NAMES.size() - 1);
    assertTrue(
        help.contains("defaults: " + String.join(", ", but) + " or " + Preset.NAMES.getLast()),
        help);
  }

  @Test
  void shouldRefuseANameThatThereIsNot() {
    assertEquals(
        "--preset must be one of " + String.join(", ", Preset.NAMES) + ", got fancy",
        assertThrows(InvalidInputException.class, () -> PresetDefaults.named("fancy"))
            .getMessage());
  }

  @ParameterizedTest
  @MethodSource("said")
  void shouldSayEverySettingByOptions(ExplainOptions options) {
    assertEquals(options, read(OptionTexts.of(options)));
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldSayEverySurrogateByOptions(Surrogate surrogate) {
    assertEquals(surrogate, read(OptionTexts.of(STANDARD.withSurrogate(surrogate))).surrogate());
  }

  @Test
  void shouldRefuseWhatNoOptionSays() {
    SegmentMap halves = SegmentMap.of(2, 1, new int[] {0, 1});
    for (ExplainOptions options :
        List.of(
            STANDARD.withSegmenter(new GivenSegments(halves)),
            STANDARD.withSegmenter(Slic.of(50).withIterations(3)),
            STANDARD.withSegmenter(Slico.of(50).withIterations(3)),
            STANDARD.withDesign(new Bernoulli(0.25)),
            STANDARD.withFill(new Fill.Constant(List.of(3.0))),
            STANDARD.withFill(new Fill.Constant(List.of(3.0, 0.5, 1.0))),
            STANDARD.withSurrogate(Strongest.lime(7)),
            STANDARD.withSurrogate(new LeastSquares(false)))) {
      assertTrue(
          String.valueOf(
                  assertThrows(IllegalArgumentException.class, () -> OptionTexts.of(options))
                      .getMessage())
              .startsWith("no option of the command line says "),
          options.toString());
    }
  }
}
