package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Preset;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.run.HeadStart;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.design.ContentSeed;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.onnx.OnnxModels;
import dev.quicklime.report.figure.Show;
import dev.quicklime.scenes.Bundled;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * How pictures are explained, and by which model: what all commands that explain have in common.
 */
public final class Settings {

  @Mixin private final ModelFlags model = new ModelFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "A set of defaults: default, tiles-top1, k-lasso, slic100-gray, slic20-black, lime,"
              + " shapley or fast (default: ${DEFAULT-VALUE}).")
  private String preset = "default";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--list-presets",
      description = "Prints what each preset is for and which options it sets, and ends.")
  private boolean listPresets;

  @Mixin private final SegmentFlags segments = new SegmentFlags();

  @Mixin private final SampleFlags samples = new SampleFlags();

  @Mixin private final FitFlags fit = new FitFlags();

  @Mixin private final SurrogateFlags surrogate = new SurrogateFlags();

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--show",
      paramLabel = "both|positive|negative",
      description = "Which weights figures and tables show (default: ${DEFAULT-VALUE}).")
  private String show = "both";

  /**
   * Settings that agree with each other, the model not yet loaded.
   *
   * @param preset the defaults they start from
   * @param options of the explanation
   * @param contentSeed whether a picture's bytes take the place of the options' seed
   * @param show which weights are shown
   * @param model its file
   * @param card what lies beside it
   * @param labels of its classes
   * @param modelOptions how it is run
   * @param given names of the classes, as they were asked for, or null
   * @param like the explanation that is made again, or null
   */
  public record Chosen(
      Preset preset,
      ExplainOptions options,
      boolean contentSeed,
      Show show,
      Path model,
      ModelCard card,
      Labels labels,
      ModelOptions modelOptions,
      @Nullable Path given,
      @Nullable Like like) {

    /** Settings that follow no other explanation. */
    public Chosen(
        Preset preset,
        ExplainOptions options,
        boolean contentSeed,
        Show show,
        Path model,
        ModelCard card,
        Labels labels,
        ModelOptions modelOptions) {
      this(preset, options, contentSeed, show, model, card, labels, modelOptions, null, null);
    }

    /**
     * The options for one picture.
     *
     * @throws dev.quicklime.InvalidInputException if its bytes are to decide and cannot be read
     */
    public ExplainOptions optionsOf(Path picture) {
      return contentSeed ? options.withSeed(ContentSeed.of(picture)) : options;
    }

    /** Loads the model. */
    public Explainer open() {
      return open(UnaryOperator.identity());
    }

    /**
     * Loads the model.
     *
     * @param around what explains by it, in its place
     */
    public Explainer open(UnaryOperator<PipelinedClassifier> around) {
      HeadStart.finish(OnnxModels.recognises(model));
      PipelinedClassifier loaded = ModelFiles.open(model, modelOptions, card);
      TimeLine.reached("the model is loaded");
      UnaryOperator<ClassifierInfo> told = like == null ? UnaryOperator.identity() : like::told;
      return Explainer.of(
          around.apply(new CheckedClassifier(loaded, labels, options.classes(), told)), labels);
    }
  }

  /**
   * How pictures are explained, whatever the model.
   *
   * @param preset the defaults that it starts from
   * @param options of the explanation
   * @param show which weights are shown
   */
  public record Manner(Preset preset, ExplainOptions options, Show show) {}

  /** Whether presets are to be listed, and nothing else. */
  public boolean listsPresets() {
    return listPresets;
  }

  /** Whether a model was named; else it is the bundled one. */
  public boolean namesModel() {
    return model.model() != null;
  }

  /** Checks everything that can be checked before the model is loaded. */
  public Chosen choose(CommandSpec spec) {
    return choose(spec, null);
  }

  /**
   * Checks everything that can be checked before the model is loaded.
   *
   * @param like what options that were not given are taken from, or null for those of the preset
   */
  public Chosen choose(CommandSpec spec, @Nullable Like like) {
    if (like != null) {
      like.apply(spec, model.model());
    }
    Manner manner = manner(spec, like);
    Path named = model.model();
    Path file = named == null ? Bundled.model() : named;
    WrongFile.refuse(file, WrongFile.Use.PICTURES);
    ModelCard card = ModelFiles.card(file);
    ModelOptions modelOptions =
        model.over(like == null ? card.preprocessing() : like.inputOr(card.preprocessing()));
    Labels labels = samples.relied(LabelNames.of(model.labels(), named, card));
    return new Chosen(
        manner.preset(),
        manner.options().withClasses(samples.classes(labels)),
        samples.contentSeed(),
        manner.show(),
        file,
        card,
        labels,
        modelOptions,
        model.labels(),
        like);
  }

  /**
   * What the options say of explaining, those of the model left aside.
   *
   * @param labels names of a model's classes, some of which may be asked for
   */
  public Manner manner(CommandSpec spec, Labels labels) {
    Manner manner = manner(spec, (Like) null);
    if (samples.contentSeed()) {
      throw Parse.wrong("--seed", "a whole number here", "content");
    }
    return new Manner(
        manner.preset(),
        manner.options().withClasses(samples.classes(samples.relied(labels))),
        manner.show());
  }

  /** Checks everything but the names of classes. */
  private Manner manner(CommandSpec spec, @Nullable Like like) {
    ParseResult given = spec.commandLine().getParseResult();
    PresetDefaults.checkAlternatives(given);
    PresetDefaults defaults = PresetDefaults.named(preset);
    if (like == null) {
      defaults.apply(spec, given);
    }
    ExplainOptions options = options(spec, given, like);
    Show shown = Parse.choice("--show", show, Show.class);
    samples.checkClasses();
    return new Manner(defaults.preset(), options, shown);
  }

  private ExplainOptions options(CommandSpec spec, ParseResult given, @Nullable Like like) {
    ExplainOptions options =
        fit.applyTo(samples.applyTo(ExplainOptions.defaults().withSurrogate(surrogate.surrogate())))
            .withSegmenter(segments.segmenter());
    options = like == null ? options : like.complete(options, given);
    if (options.design() instanceof Exhaustive && given.hasMatchedOption("--samples")) {
      throw new ParameterException(
          spec.commandLine(),
          "--samples cannot be combined with --design exhaustive, which draws every mask");
    }
    FitFlags.check(options.surrogate(), given);
    return options;
  }
}
