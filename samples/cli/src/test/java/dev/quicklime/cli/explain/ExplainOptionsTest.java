package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Preset;
import dev.quicklime.cli.Main;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.ContentSeed;
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
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.figure.Show;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ExplainOptionsTest extends ParsedExplain {

  @Test
  void shouldTakeTheSeedFromThePicturesBytes() throws IOException {
    assertEquals(
        ExplainOptions.defaults().withSeed(ContentSeed.of(Files.readAllBytes(picture))),
        prepare("--seed=content").plan().options().apply(picture));
  }

  @Test
  void shouldTakeTheEnginesDefaults() throws IOException {
    ExplainCommand.Prepared prepared = prepare();
    assertEquals(ExplainOptions.defaults(), prepared.plan().options().apply(picture));
    assertEquals(
        ModelOptions.of(Preprocessing.imageNet().withSize(64, 48)).withCache(Bundled.cache()),
        prepared.chosen().modelOptions());
    assertEquals(Show.BOTH, prepared.plan().show());
    assertEquals(FigureChoice.ALL, prepared.plan().figures());
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
            0.25,
            -5,
            new ReadLimits(1000)),
        options(
            "--segments=7",
            "--compactness=2.5",
            "--samples=12",
            "--design=bernoulli",
            "--stop=0.125",
            "--stop-error=0.25",
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
        "--design must be one of bernoulli, antithetic, hadamard, two-phase, fixed-size, leverage,"
            + " exhaustive, got latin",
        refused("--design=latin"));
  }

  @Test
  void shouldMapThePresetThatStopsEarly() throws IOException {
    ExplainOptions fast = options("--preset=fast");
    assertEquals(new FoldedHadamard(), fast.design());
    assertEquals(1024, fast.samples());
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
        prepare(
            "--labels",
            labels.toString(),
            "--classes",
            "c",
            "--show=negative",
            "--export",
            "--figures",
            "first",
            "--figure-formats=pdf,png");
    assertEquals(List.of("a", "b", "c"), prepared.chosen().labels().names());
    assertEquals(ClassChoice.of(2), prepared.chosen().options().classes());
    assertEquals(Show.NEGATIVE, prepared.plan().show());
    assertTrue(prepared.plan().export());
    assertEquals(FigureChoice.FIRST, prepared.plan().figures());
    assertEquals(Set.of(FigureFormat.PNG, FigureFormat.PDF), prepared.formats());
    assertEquals(Set.of(FigureFormat.PNG), prepare().formats());
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
            + " forward, best-subset, l1-ball, l2-ball, shapley, lime,"
            + " got svm",
        "--alpha=cv:1 | --alpha cv:N must be a whole number between 2 and 1000, got 1",
        "--features=0 | --features must be a whole number between 1 and 4096, got 0",
        "--surrogate=l1-ball | --surrogate l1-ball needs --radius, the largest norm of the weights",
        "--radius=2 | --radius says nothing about --surrogate lasso",
        "--l1-ratio=0.5 | --l1-ratio says nothing about --surrogate lasso",
        "--limit=1 | --limit says nothing about --surrogate lasso",
        "--design=iid | --design must be one of bernoulli, antithetic, hadamard, two-phase,"
            + " fixed-size, leverage, exhaustive, got iid",
        "--fill=#12345 | --fill must be one of gray, black, mean, image-mean, blur or a colour"
            + " #rrggbb, got #12345",
        "--blur-sigma=3 | --blur-sigma goes with --fill blur, got --fill gray",
        "--target=prob | --target must be one of probability, logit, sigmoid, top1, got prob",
        "--top=0 | --top must be a whole number between 1 and 1000000, got 0",
        "--scores=x | --scores must be a whole number between 1 and 1000000, got x",
        "--classes=bird | classes must be indices or names from the labels, got bird",
        "--classes=1,1 | classes must be different indices from 0 on, got [1, 1]",
        "--show=all | --show must be one of both, positive, negative, got all",
        "--figures=some | --figures must be one of none, first, all, got some",
        "--figure-formats=gif | --figure-formats must be one of png, svg, pdf, got gif",
        "--figure-formats=png; | --figure-formats must be one of png, svg, pdf, got png;",
        "--preset=fancy | --preset must be one of default, tiles-top1, k-lasso,"
            + " slic100-gray, slic20-black, lime, shapley, fast, got fancy",
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
        "--figures=none --figure-formats=pdf",
      })
  void shouldRefuseOptionsThatExcludeEachOther(String options) {
    String message = refused(options.split(" "));
    assertTrue(message.contains(" cannot be combined with "), message);
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
