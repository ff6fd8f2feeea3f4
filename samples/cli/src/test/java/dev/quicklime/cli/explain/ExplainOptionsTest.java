package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import dev.quicklime.cli.Main;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.image.Resize;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.report.figure.Show;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
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
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

class ExplainOptionsTest {

  @TempDir Path folder;

  private Path model = Path.of("model.pt");
  private Path picture = Path.of("cat.png");

  @BeforeEach
  void writeInputs() throws IOException {
    // Checked options need the model's card, not the model.
    model = folder.resolve("m/model.pt");
    Files.createDirectories(folder.resolve("m"));
    Files.writeString(
        folder.resolve("m/model.json"),
        "{\"width\": 64, \"height\": 48, \"labels\": [\"cat\", \"dog, small\", \"7\"]}");
    picture = TestPictures.write(folder.resolve("cat.png"), 20, 20);
  }

  private ExplainCommand.Prepared prepare(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", model.toString(), "--out", folder.resolve("out").toString()));
    args.addAll(List.of(options));
    ParseResult result = Main.commandLine().parseArgs(args.toArray(String[]::new)).subcommand();
    assertNotNull(result);
    return ((ExplainCommand) result.commandSpec().userObject()).prepare();
  }

  private ExplainOptions options(String... options) throws IOException {
    return prepare(options).plan().options();
  }

  private ModelOptions modelOptions(String... options) throws IOException {
    return prepare(options).chosen().modelOptions();
  }

  private String refused(String... options) {
    return String.valueOf(
        assertThrows(InvalidInputException.class, () -> prepare(options)).getMessage());
  }

  @Test
  void shouldTakeTheEnginesDefaults() throws IOException {
    ExplainCommand.Prepared prepared = prepare();
    assertEquals(ExplainOptions.defaults(), prepared.plan().options());
    assertEquals(
        ModelOptions.of(Preprocessing.imageNet().withSize(64, 48)).withCache(Bundled.cache()),
        prepared.chosen().modelOptions());
    assertEquals(Show.BOTH, prepared.plan().show());
    assertEquals(List.of("cat", "dog, small", "7"), prepared.chosen().labels().names());
    assertFalse(prepared.plan().export());
    assertFalse(prepared.plan().quiet());
  }

  @Test
  void shouldMapEveryOptionOfAnExplanation() throws IOException {
    assertEquals(
        new ExplainOptions(
            new Slic(7, 2.5, 10),
            12,
            new Bernoulli(0.5),
            new Fill.Blur(3),
            Target.SIGMOID,
            ClassChoice.of(2, 0),
            9,
            new Locality(Distance.HAMMING, 1.5),
            Lasso.defaults().withAlpha(0.25).withIntercept(false),
            0.125,
            -5,
            new ReadLimits(1000)),
        options(
            "--segments=7",
            "--compactness=2.5",
            "--samples=12",
            "--design=bernoulli",
            "--stop=0.125",
            "--fill=blur",
            "--blur-sigma=3",
            "--target=sigmoid",
            "--classes=7,cat",
            "--scores=9",
            "--distance=hamming",
            "--width=1.5",
            "--surrogate=lasso",
            "--alpha=.25",
            "--no-intercept",
            "--seed=-5",
            "--max-pixels=1000"));
  }

  @Test
  void shouldMapEveryDesign() throws IOException {
    assertEquals(new Antithetic(), options("--design=antithetic").design());
    assertEquals(new FoldedHadamard(), options("--design=hadamard").design());
    assertEquals(new TwoPhase(), options("--design=two-phase").design());
    assertEquals(new FixedSize(), options("--design=fixed-size").design());
    assertEquals(new Exhaustive(), options("--design=exhaustive").design());
    assertEquals(
        "--design must be one of bernoulli, antithetic, hadamard, two-phase, fixed-size,"
            + " exhaustive, got latin",
        refused("--design=latin"));
  }

  @Test
  void shouldMapThePresetThatStopsEarly() throws IOException {
    ExplainOptions fast = options("--preset=fast");
    assertEquals(new FoldedHadamard(), fast.design());
    assertEquals(512, fast.samples());
    assertEquals(0.05, fast.stop());
    assertEquals(LeastSquares.defaults(), fast.surrogate());
    assertEquals(Target.LOGIT, fast.target());
    assertEquals(new Antithetic(), options("--preset=fast", "--design=antithetic").design());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-0.1", "nan", "half"})
  void shouldRefuseABoundThatCannotBeReached(String bound) {
    assertEquals(
        "--stop must be a number above 0 and below 1, got " + bound, refused("--stop=" + bound));
  }

  @Test
  void shouldRefuseToStopWhatIsNotDrawn() {
    assertEquals(
        "--stop cannot be combined with --design exhaustive, which draws every mask",
        refused("--stop=.1", "--design=exhaustive"));
  }

  @Test
  void shouldMapEveryKindOfSuperpixel() throws IOException {
    assertEquals(Slico.of(30), options("--segmenter", "slico", "--segments", "30").segmenter());
    assertEquals(new Tiles(3, 5), options("--tiles", "3x5").segmenter());
    Path map = TestPictures.write(folder.resolve("labels.png"), 9, 10);
    assertTrue(
        options("--label-map", map.toString()).segmenter() instanceof GivenSegments given
            && given.map().width() == 9);
    assertEquals(new Exhaustive(), options("--design", "exhaustive").design());
  }

  @Test
  void shouldMapEveryFill() throws IOException {
    assertEquals(Fill.black(), options("--fill", "black").fill());
    assertEquals(new Fill.SegmentMean(), options("--fill", "mean").fill());
    assertEquals(new Fill.ImageMean(), options("--fill", "image-mean").fill());
    assertEquals(new Fill.Blur(10), options("--fill", "blur").fill());
    assertEquals(new Fill.Constant(List.of(255.0, 0.0, 17.0)), options("--fill", "#Ff0011").fill());
  }

  @Test
  void shouldTakeANameWithACommaAsOne() throws IOException {
    assertEquals(ClassChoice.of(1), options("--classes", "dog, small").classes());
    // A label that looks like an index is a label.
    assertEquals(ClassChoice.of(2, 5), options("--classes", "7,5").classes());
  }

  @Test
  void shouldMapEveryOptionOfAModel() throws IOException {
    assertEquals(
        new ModelOptions(
            new Preprocessing(
                30,
                20,
                Resize.PAD,
                List.of(0.0, 0.5),
                List.of(1.0, 2.0),
                Preprocessing.imageNet().order()),
            Device.parse("cuda:1"),
            Precision.BF16,
            5,
            3,
            null,
            Compose.DEVICE,
            "logits"),
        modelOptions(
                "--output=logits",
                "--compose=device",
                "--size=30x20",
                "--resize=pad",
                "--mean=0,0.5",
                "--std=1,2",
                "--device=cuda:1",
                "--precision=bf16",
                "--batch=5",
                "--threads=3")
            .withCache(null));
    assertEquals(33, modelOptions("--size", "33").preprocessing().height());
  }

  @Test
  void shouldTakeLabelsFromAFileBeforeThoseOfTheCard() throws IOException {
    Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\n");
    ExplainCommand.Prepared prepared =
        prepare("--labels", labels.toString(), "--classes", "c", "--show=negative", "--export");
    assertEquals(List.of("a", "b", "c"), prepared.chosen().labels().names());
    assertEquals(ClassChoice.of(2), prepared.plan().options().classes());
    assertEquals(Show.NEGATIVE, prepared.plan().show());
    assertTrue(prepared.plan().export());
  }

  @Test
  void shouldTakeEachPreset() throws IOException {
    ExplainOptions defaults = ExplainOptions.defaults();
    assertEquals(defaults, options("--preset", "default"));
    assertEquals(
        defaults.withSegmenter(new Tiles(8, 8)).withTarget(Target.TOP1),
        options("--preset", "tiles-top1"));
    assertEquals(
        defaults
            .withSegmenter(Slic.of(50))
            .withFill(new Fill.SegmentMean())
            .withSurrogate(KLasso.defaults()),
        options("--preset", "k-lasso"));
    assertEquals(defaults.withTarget(Target.LOGIT), options("--preset", "slic100-gray"));
    assertEquals(
        defaults
            .withTarget(Target.LOGIT)
            .withSegmenter(Slic.of(20))
            .withSamples(500)
            .withFill(Fill.black())
            .withSurrogate(Lasso.defaults().withAlpha(0.1)),
        options("--preset", "slic20-black"));
    assertEquals(Show.POSITIVE, prepare("--preset", "slic20-black").plan().show());
    assertEquals(
        defaults
            .withSegmenter(Slic.of(50))
            .withSamples(999)
            .withFill(new Fill.SegmentMean())
            .withScoresShown(5)
            .withClasses(ClassChoice.top(5))
            .withSurrogate(Ridge.defaults()),
        options("--preset", "lime"));
  }

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

  @Test
  void shouldListPresets() {
    Ran ran = Ran.command("explain", "--list-presets", "--preset=nonsense");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out()
            .contains(
                "--top 5 --scores 5 --target probability --segments 50 --samples 999 --design"
                    + " bernoulli --fill mean --distance cosine --width 0.25 --surrogate lime"),
        ran.out());
    assertEquals(2L * Preset.ALL.size(), ran.out().lines().count());
  }

  @Test
  void shouldLetEveryOptionOverrideItsPreset() throws IOException {
    ExplainOptions options =
        options("--preset", "slic20-black", "--samples", "7", "--compactness", "3", "--classes=1");
    assertEquals(7, options.samples());
    assertEquals(new Slic(20, 3, 10), options.segmenter());
    assertEquals(ClassChoice.of(1), options.classes());
    assertEquals(Fill.black(), options.fill());
    // Equal to the standard, yet given.
    assertEquals(1000, options("--preset=slic20-black", "--samples=1000").samples());
  }

  @Test
  void shouldDropAPresetsTilesWhereSuperpixelsAreAskedFor() throws IOException {
    assertEquals(Slic.of(50), options("--preset", "tiles-top1", "--segments=50").segmenter());
    assertEquals(Slico.of(100), options("--preset", "tiles-top1", "--segmenter=slico").segmenter());
    assertEquals(new Tiles(2, 3), options("--preset", "slic20-black", "--tiles=2x3").segmenter());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--samples=0 | --samples must be a whole number between 1 and 10000000, got 0",
        "--samples=-1 | --samples must be a whole number between 1 and 10000000, got -1",
        "--samples=abc | --samples must be a whole number between 1 and 10000000, got abc",
        "--samples=99999999999999999999 | --samples must be a whole number between 1 and 10000000,"
            + " got 99999999999999999999",
        "--segments=1e9 | --segments must be a whole number between 2 and 4096, got 1e9",
        "--segments=1 | --segments must be a whole number between 2 and 4096, got 1",
        "--segmenter=quickshift | --segmenter must be one of slic, slico, got quickshift",
        "--compactness=0 | --compactness must be a number between 0.001 and 1000000, got 0",
        "--tiles=8 | --tiles must be ROWSxCOLS, for instance 8x8, got 8",
        "--tiles=0x4 | tiles must have at least 1 row and 1 column, got 0x4",
        "--alpha=nan | --alpha must be auto, aic, bic, cv, cv:N or a number of at least 0,"
            + " got nan",
        "--alpha=NaN | --alpha must be auto, aic, bic, cv, cv:N or a number of at least 0,"
            + " got NaN",
        "--alpha=-0.1 | --alpha must be auto, aic, bic, cv, cv:N or a number of at least 0,"
            + " got -0.1",
        "--alpha=1e999 | --alpha must be auto, aic, bic, cv, cv:N or a number of at least 0,"
            + " got 1e999",
        "--width=0 | --width must be a number above 0, got 0",
        "--width=inf | --width must be a number above 0, got inf",
        "--distance=manhattan | --distance must be one of cosine, euclidean, hamming, got"
            + " manhattan",
        "--surrogate=svm | --surrogate must be one of lasso, elastic-net, ridge, ols, k-lasso,"
            + " forward, best-subset, l1-ball, l2-ball, lime, got svm",
        "--alpha=cv:1 | --alpha cv:N must be a whole number between 2 and 1000, got 1",
        "--features=0 | --features must be a whole number between 1 and 4096, got 0",
        "--surrogate=l1-ball | --surrogate l1-ball needs --radius, the largest norm of the weights",
        "--radius=2 | --radius says nothing about --surrogate lasso",
        "--l1-ratio=0.5 | --l1-ratio says nothing about --surrogate lasso",
        "--limit=1 | --limit says nothing about --surrogate lasso",
        "--design=iid | --design must be one of bernoulli, antithetic, hadamard, two-phase,"
            + " fixed-size, exhaustive, got iid",
        "--fill=#12345 | --fill must be one of gray, black, mean, image-mean, blur or a colour"
            + " #rrggbb, got #12345",
        "--blur-sigma=3 | --blur-sigma goes with --fill blur, got --fill gray",
        "--target=prob | --target must be one of probability, logit, sigmoid, top1, got prob",
        "--top=0 | --top must be a whole number between 1 and 1000000, got 0",
        "--scores=x | --scores must be a whole number between 1 and 1000000, got x",
        "--classes=bird | classes must be indices or names from the labels, got bird",
        "--classes=1,1 | classes must be different indices from 0 on, got [1, 1]",
        "--show=all | --show must be one of both, positive, negative, got all",
        "--preset=fancy | --preset must be one of default, tiles-top1, k-lasso,"
            + " slic100-gray, slic20-black, lime, fast, got fancy",
        "--device=gpu | device must be auto, cpu, cuda, cuda:INDEX, cuda:INDEX,INDEX or cuda:all,"
            + " got gpu",
        "--precision=fp16 | --precision must be one of auto, fp32, bf16, got fp16",
        "--batch=0 | --batch must be a whole number between 1 and 4096, got 0",
        "--threads=0 | --threads must be a whole number between 1 and 1024, got 0",
        "--resize=squeeze | --resize must be one of stretch, crop, pad, got squeeze",
        "--size=big | --size must be one whole number, or two as WxH, got big",
        "--size=0 | the model's input must be between 1×1 and 16384×16384, got 0×0",
        "--mean=1,,2 | --mean must be numbers with commas between them, got 1,,2",
        "--mean=1 | --mean and --std must have a number for each channel, got 1 and 3",
        "--std=0,1,1 | --std must be numbers above 0 with commas between them, got 0,1,1",
        "--seed=1.5 | --seed must be a whole number between -9223372036854775808 and"
            + " 9223372036854775807, got 1.5",
        "--max-pixels=1 | --max-pixels must be a whole number between 64 and 2147483639, got 1",
      })
  void shouldRefuseValuesOutOfRange(String option, String message) {
    assertEquals(message, refused(option));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tiles=8x8 --segments=50",
        "--tiles=8x8 --segmenter=slic",
        "--tiles=8x8 --compactness=10",
        "--label-map=x.png --tiles=8x8",
        "--label-map=x.png --segments=100",
        "--top=3 --classes=1",
      })
  void shouldRefuseOptionsThatExcludeEachOther(String options) {
    String message = refused(options.split(" "));
    assertTrue(message.contains(" cannot be combined with "), message);
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
  void shouldDropAPresetsPenaltyWhereAnotherSurrogateIsAskedFor() throws IOException {
    assertEquals(
        LeastSquares.defaults(), options("--preset=slic20-black", "--surrogate=ols").surrogate());
    assertEquals(
        new Lasso(new Alpha.Keeping(3), true),
        options("--preset=slic20-black", "--features=3").surrogate());
    assertEquals(Ridge.defaults(), options("--preset=k-lasso", "--surrogate=ridge").surrogate());
    assertEquals(new KLasso(4, 1, true), options("--preset=k-lasso", "--features=4").surrogate());
  }

  @Test
  void shouldRefuseSamplesOfAnExhaustiveDesign() {
    assertThrows(
        CommandLine.ParameterException.class,
        () -> prepare("--design=exhaustive", "--samples=1000"));
  }

  @Test
  void shouldRefuseLabelsThatAreNotThere() {
    assertTrue(refused("--labels", folder.resolve("none.txt").toString()).contains("none.txt"));
    assertTrue(refused("--label-map", folder.resolve("no.npy").toString()).contains("no.npy"));
  }

  @Test
  void shouldSayEveryDefaultInItsHelp() {
    CommandLine explain =
        Objects.requireNonNull(Main.commandLine().getSubcommands().get("explain"));
    for (OptionSpec option : explain.getCommandSpec().options()) {
      boolean ends =
          option.usageHelp()
              || option.versionHelp()
              || option.longestName().equals("--list-presets");
      if (!ends) {
        assertTrue(
            String.join(" ", option.description()).contains("(default: "),
            option.longestName() + " does not tell its default");
      }
    }
    StringWriter text = new StringWriter();
    explain.usage(new PrintWriter(text));
    assertTrue(
        Preset.ALL.stream().allMatch(preset -> text.toString().contains(preset.name())),
        "the help does not name every preset");
    assertFalse(text.toString().contains("null"), text.toString());
    assertFalse(text.toString().contains("${"), text.toString());
  }
}
