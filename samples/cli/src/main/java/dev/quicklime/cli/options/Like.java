package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import dev.quicklime.files.FileMark;
import dev.quicklime.files.RunInputs;
import dev.quicklime.files.StoredExplanation;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.torch.TorchEnvironment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * An explanation that is made again: {@code explain --like FILE}. What was decided then is an
 * option's default now, whether it had been asked for or found by measuring.
 */
public final class Like {

  private static final String OPTION = "--like";
  private static final String NAME = "explanation.json";

  private final Path file;
  private final StoredExplanation stored;
  private final LikeOptions options;
  private final List<String> differences = new ArrayList<>();
  private boolean sameModel = true;

  private Like(Path file, StoredExplanation stored) {
    this.file = file;
    this.stored = stored;
    this.options = new LikeOptions(file, stored.provenance().options());
  }

  /**
   * Reads an explanation, or that of a folder.
   *
   * @throws InvalidInputException in one line, if it cannot be made again
   */
  public static Like read(Path named) {
    Path file =
        Files.isDirectory(named) && Files.exists(named.resolve(NAME)) ? named.resolve(NAME) : named;
    try {
      return new Like(file, StoredExplanation.read(file));
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s %s: %s".formatted(OPTION, file, e.getMessage()), e);
    }
  }

  /** The file that was named. */
  public Path file() {
    return file;
  }

  /** What it says. */
  public StoredExplanation stored() {
    return stored;
  }

  /**
   * Where this run differs from that one otherwise than by options, a sentence each.
   *
   * @param now the model that runs now
   */
  public List<String> differences(ClassifierInfo now) {
    List<String> all = new ArrayList<>(differences);
    all.addAll(LikeMachine.differences(file, stored.provenance(), now, sameModel));
    return all;
  }

  /** Whether it is the same model, as far as one can know. */
  public boolean sameModel() {
    return sameModel;
  }

  /** What a model says of itself, with all that differs. */
  ClassifierInfo told(ClassifierInfo info) {
    List<String> decisions = new ArrayList<>(info.decisions());
    decisions.add(
        "like %s: its options, and what was decided then, where nothing else was asked for"
            .formatted(file));
    decisions.addAll(differences(info));
    return info.withDecisions(decisions);
  }

  /** The input that the model had, unless it is another model. */
  Preprocessing inputOr(Preprocessing own) {
    return sameModel ? stored.provenance().preprocessing() : own;
  }

  /** The options, with what was explained by settings that no option says. */
  ExplainOptions complete(ExplainOptions parsed, ParseResult given) {
    return options.complete(parsed, given);
  }

  /**
   * Sets every option that was not given.
   *
   * @param named the model that was, or null
   */
  void apply(CommandSpec spec, @Nullable Path named) {
    ParseResult given = spec.commandLine().getParseResult();
    if (given.hasMatchedOption("--preset")) {
      throw new InvalidInputException(
          "--preset cannot be combined with --like, which says all that a preset does: leave one"
              + " out, or give the options that are to differ");
    }
    PresetDefaults.checkAlternatives(given);
    Map<String, String> values = new LinkedHashMap<>(options.texts());
    model(named, values);
    RunInputs inputs = stored.inputs();
    if (inputs != null) {
      values.put("--compose", Parse.word(inputs.compose()));
      values.put("--show", inputs.show());
      if (inputs.contentSeed()) {
        values.put("--seed", "content");
      }
    }
    String precision = values.getOrDefault("--precision", "auto");
    if (!given.hasMatchedOption("--precision")) {
      checkPrecision(precision, TorchEnvironment.cpuBfloat16());
    }
    String device = values.getOrDefault("--device", "auto");
    if (!given.hasMatchedOption("--device") && device.contains(":")) {
      checkGpu(device, TorchEnvironment.cuda().state());
    }
    new PresetDefaults(Preset.named("default"), values).apply(spec, given);
  }

  /** What was decided of the model and what it runs on. */
  private void model(@Nullable Path named, Map<String, String> values) {
    RunInputs inputs = stored.inputs();
    Path model = named == null ? recordedModel(values) : named;
    ClassifierInfo made = stored.provenance().model();
    sameModel =
        inputs == null
            ? String.valueOf(model.getFileName()).equals(made.name())
            : isContent(model, inputs.model());
    if (!sameModel && named == null) {
      throw changed("model", model, inputs == null ? null : inputs.model(), "--model");
    }
    String device = made.device().replace(", cuda:", ",");
    if (device.matches("cpu|cuda:[0-9,]+")) {
      values.put("--device", device);
    }
    values.put("--threads", Integer.toString(made.threads()));
    if (!sameModel) {
      differences.add(
          "like %s, but model %s is another one: its own input, labels, precision and batch are taken"
              .formatted(file, model));
      return;
    }
    if (made.precision().matches("fp32|bf16")) {
      values.put("--precision", made.precision());
    }
    values.put("--batch", Integer.toString(stored.provenance().batch()));
    String output = made.output();
    if (output != null) {
      values.put("--output", output);
    }
    String labels = inputs == null ? null : inputs.labels();
    if (labels != null) {
      values.put("--labels", labels);
    }
  }

  private Path recordedModel(Map<String, String> values) {
    RunInputs inputs = stored.inputs();
    if (inputs == null) {
      throw new InvalidInputException(
          "%s %s does not say where its model lies, %s: give it with --model"
              .formatted(OPTION, file, stored.provenance().model().name()));
    }
    if (inputs.model().bundled()) {
      return Bundled.model();
    }
    values.put("--model", inputs.model().path());
    return there("model", inputs.model(), "--model F");
  }

  private Path there(String what, FileMark mark, String remedy) {
    Path path = path(mark.path());
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          "%s %s, which %s was made of, must be where it was, got nothing there: name it, %s"
              .formatted(what, path, file, remedy));
    }
    return path;
  }

  private Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "%s %s must name files that there can be, got %s".formatted(OPTION, file, text), e);
    }
  }

  private InvalidInputException changed(
      String what, Path path, @Nullable FileMark mark, String remedy) {
    return new InvalidInputException(
        "%s %s must be the one that %s was made of%s, got another content: name the right one, or"
                .formatted(what, path, file, mark == null ? "" : ", " + words(mark))
            + " this one if it is to be explained, %s".formatted(remedy));
  }

  private static String words(FileMark mark) {
    return "%s bytes with CRC-32 %s".formatted(mark.bytes(), mark.crc32());
  }

  private static boolean isContent(Path file, FileMark mark) {
    // What is missing is told by who opens it.
    return !Files.isRegularFile(file) || FileMark.of(file, false).sameContent(mark);
  }

  /** The picture that was explained, where none is named. */
  public Path picture() {
    RunInputs inputs = stored.inputs();
    if (inputs == null) {
      Path path = path(stored.image());
      if (!Files.exists(path)) {
        throw new InvalidInputException(
            "%s %s does not say where its picture lies, %s: name it"
                .formatted(OPTION, file, stored.image()));
      }
      return path;
    }
    FileMark mark = inputs.picture();
    if (mark.bundled()) {
      String name = String.valueOf(path(mark.path()).getFileName());
      for (Path bundled : Bundled.pictures()) {
        if (bundled.endsWith(name)) {
          return bundled;
        }
      }
    }
    Path path = there("picture", mark, "explain PICTURE --like " + file);
    if (!isContent(path, mark)) {
      throw changed("picture", path, mark, "explain PICTURE --like " + file);
    }
    return path;
  }

  /** Whether a picture is the one that was explained, as far as one can know. */
  public boolean isPicture(Path picture) {
    RunInputs inputs = stored.inputs();
    return inputs == null || isContent(picture, inputs.picture());
  }

  /** Takes note of pictures that were named: that none is the one that was explained. */
  public void named(List<Path> pictures) {
    if (pictures.stream().noneMatch(this::isPicture)) {
      differences.add("like %s, but of another picture".formatted(file));
    }
  }

  /**
   * Refuses to do on another kind of processor what was done on a GPU, unless that is asked for.
   */
  void checkGpu(String device, TorchEnvironment.Cuda.State state) {
    if (state != TorchEnvironment.Cuda.State.AVAILABLE) {
      throw new InvalidInputException(
          "%s %s was computed on %s, and libtorch finds no GPU here: take another machine, or"
                  .formatted(OPTION, file, device)
              + " --device cpu for about the same numbers");
    }
  }

  /**
   * Refuses a number format that the processor computes in by way of another one, which gives other
   * numbers and takes long.
   *
   * @param bfloat16 whether it has bfloat16
   */
  void checkPrecision(String precision, boolean bfloat16) {
    boolean onCpu = stored.provenance().model().device().equals("cpu");
    if (onCpu && precision.equals("bf16") && !bfloat16) {
      throw new InvalidInputException(
          "%s %s was computed in bf16, which this processor does not compute in natively: take"
                  .formatted(OPTION, file)
              + " another machine, --precision fp32 for about the same numbers, or --precision bf16"
              + " to have it emulated, slowly");
    }
  }
}
