package dev.quicklime.cli.gradcam;

import dev.quicklime.cam.CamModel;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.InputTexts;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.scenes.Bundled;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model gradients are taken of, what its input looks like, and what it runs on. */
@InGroup(HelpGroup.MODEL)
final class CamModelFlags {

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--model",
      paramLabel = "F.pt|F.onnx",
      description =
          "A TorchScript or ONNX file; a model.json beside it tells its input and labels (default:"
              + " the bundled model).")
  private @Nullable Path model;

  @InGroup(HelpGroup.COMMON)
  @Option(names = "--labels", paramLabel = "F|imagenet|none", description = LabelNames.HELP)
  private @Nullable Path labels;

  @Option(
      names = "--output",
      paramLabel = "NAME|INDEX",
      description =
          "Which of a model's outputs holds the scores (default: the only one of floating-point"
              + " numbers for each picture and class, else the one called logits).")
  private @Nullable String output;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda[:I]",
      description = "Where the model runs (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "auto|T",
      description =
          "Threads of a pass on the CPU; auto takes OMP_NUM_THREADS where it is set, otherwise"
              + " every processor (default: ${DEFAULT-VALUE}).")
  private String threads = "auto";

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--resize",
      paramLabel = "stretch|crop|pad",
      description =
          "How a picture of another shape is brought to the model's input"
              + " (default: as model.json says, else stretch).")
  private @Nullable String resize;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--resize-to",
      paramLabel = "N|WxH",
      description =
          "Bring the short side, or both sides, to this size first and cut out the middle"
              + " (default: as model.json says).")
  private @Nullable String resizeTo;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--interpolation",
      paramLabel = "bilinear|bicubic|area",
      description =
          "How pixels of another size are computed (default: as model.json says, else bilinear).")
  private @Nullable String interpolation;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--size",
      paramLabel = "N|WxH",
      description = "Size of the model's input (default: as model.json says, else 224).")
  private @Nullable String size;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description =
          "Subtracted from pixels of 0 to 1 (default: as model.json says, else"
              + " 0.485,0.456,0.406).")
  private @Nullable String mean;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      description = "Divided by afterwards (default: as model.json says, else 0.229,0.224,0.225).")
  private @Nullable String std;

  /**
   * The model, as far as it is known without being loaded.
   *
   * @param file of the model
   * @param bundled whether it is the one that comes with Quicklime
   * @param input what it takes
   * @param labels names of its classes
   * @param device where it runs
   * @param threads of a pass, or 0 for all
   * @param output which of its outputs holds the scores, or null
   */
  record Chosen(
      Path file,
      boolean bundled,
      Preprocessing input,
      Labels labels,
      Device device,
      int threads,
      @Nullable String output) {

    /** The same of a model with so many outputs, which may settle their names. */
    Chosen settled(int outputs) {
      return new Chosen(file, bundled, input, labels.settle(outputs), device, threads, output);
    }

    /** Loads it. */
    CamModel load() {
      return ModelFiles.gradCam(file, device, threads, output);
    }
  }

  /**
   * Checks all options.
   *
   * @param relied holds the labels to the classes that are asked for
   */
  Chosen chosen(UnaryOperator<Labels> relied) {
    Path file = model == null ? Bundled.model() : model;
    WrongFile.refuse(file, WrongFile.Use.GRADIENTS);
    ModelCard card = ModelFiles.card(file);
    return new Chosen(
        file,
        model == null,
        new InputTexts(resize, resizeTo, interpolation, size, mean, std).over(card.preprocessing()),
        relied.apply(LabelNames.of(labels, model, card)),
        Device.parse(device),
        threads.equals("auto") ? 0 : Parse.whole("--threads", threads, 1, 1024),
        output);
  }
}
