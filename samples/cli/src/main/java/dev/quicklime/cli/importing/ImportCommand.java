package dev.quicklime.cli.importing;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.InputTexts;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.imports.ModelImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a model file of trained weights. */
@Command(
    name = "import",
    description = {
      "Makes a TorchScript file of an architecture and its trained weights, without Python, and"
          + " writes a model.json beside it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
@InGroup(HelpGroup.INPUT)
public final class ImportCommand implements Callable<Integer> {

  private static final int MOST_SHOWN = 6;
  private static final int LONGEST = 100;

  @Spec private CommandSpec spec;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--arch",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Architectures.class,
      description = "What the weights were trained in: ${COMPLETION-CANDIDATES}.")
  private String architecture = "";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "F",
      description =
          "Safetensors, what torch.save wrote (.pth), or an index of several such files or its"
              + " folder, with torchvision's names. Whatever stands before the names is found; in"
              + " that place every tensor must fit, and none may be left over.")
  private Path weights = Path.of("");

  @InGroup(HelpGroup.MODEL)
  @Option(
      names = "--entry",
      paramLabel = "NAME",
      description =
          "Where the tensors are, by a key of the checkpoint or a prefix of their names, such as"
              + " state_dict or model_ema (default: what is not called an average, then the"
              + " outermost, then the file's first).")
  private String entry = "";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--out",
      required = true,
      paramLabel = "F.pt",
      description = "The model; it is replaced if it is there.")
  private Path out = Path.of("");

  @InGroup(HelpGroup.MODEL)
  @Option(
      names = "--labels",
      paramLabel = "F|imagenet",
      description =
          "Names of the classes for the model.json: a text of one on each line, a JSON list or"
              + " object, or the word imagenet.")
  private @Nullable Path labels;

  @Option(
      names = "--resize",
      paramLabel = "stretch|crop|pad",
      description =
          "How a picture of another shape is brought to the model's input (default: stretch).")
  private @Nullable String resize;

  @Option(
      names = "--resize-to",
      paramLabel = "N|WxH",
      description =
          "Bring the short side, or both sides, to this size first and cut out the middle"
              + " (default: none).")
  private @Nullable String resizeTo;

  @Option(
      names = "--interpolation",
      paramLabel = "bilinear|bicubic|area",
      description = "How pixels of another size are computed (default: bilinear).")
  private @Nullable String interpolation;

  @Option(
      names = "--size",
      paramLabel = "N|WxH",
      description = "Size of the model's input (default: 224).")
  private @Nullable String size;

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description = "Subtracted from pixels of 0 to 1 (default: 0.485,0.456,0.406).")
  private @Nullable String mean;

  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      description = "Divided by afterwards (default: 0.229,0.224,0.225).")
  private @Nullable String std;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--force",
      description = "Replace a model.json beside the model that says something else.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    WrongFile.refuse(weights, WrongFile.Use.WEIGHTS);
    ModelImport work = new ModelImport(Architecture.parse(architecture), weights, entry);
    ModelCard card =
        new ModelCard(
            new InputTexts(resize, resizeTo, interpolation, size, mean, std)
                .over(Preprocessing.imageNet()),
            (labels == null ? Labels.none() : LabelNames.of(labels)).names());
    ModelImport.Result made;
    try (Interruption _ = Interruption.guard()) {
      made = work.run(out, card, force);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidInputException(
          e.getMessage() + "; take another folder, or --force to replace it", e);
    }
    print(made);
    return ExitCode.OK;
  }

  private void print(ModelImport.Result made) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "%s, %,d parameters, %d classes%n",
        architecture,
        made.parameters(),
        made.classes());
    boolean several = !made.others().isEmpty();
    if (several || !made.entry().isEmpty()) {
      text.printf(Locale.ROOT, "taken: %s%n", place(made.entry()));
    }
    if (several) {
      text.printf(Locale.ROOT, "would fit too: %s; --entry takes another%n", list(made.others()));
    }
    if (!made.left().isEmpty()) {
      text.printf(
          Locale.ROOT,
          "left: %d tensors that stand elsewhere (%s)%n",
          made.left().size(),
          list(made.left()));
    }
    text.println(out);
    text.flush();
  }

  private static String list(List<String> places) {
    String shown =
        places.stream()
            .limit(MOST_SHOWN)
            .map(ImportCommand::place)
            .collect(Collectors.joining(", "));
    return places.size() > MOST_SHOWN ? shown + ", …" : shown;
  }

  /** Names come from a file and may be anything. */
  private static String place(String name) {
    return name.isEmpty()
        ? "the file's own names"
        : name.substring(0, Math.min(name.length(), LONGEST)).replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** For the help. */
  static final class Architectures implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return Architecture.names().iterator();
    }
  }
}
