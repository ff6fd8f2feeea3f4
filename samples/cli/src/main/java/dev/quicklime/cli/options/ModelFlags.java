package dev.quicklime.cli.options;

import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.scenes.Bundled;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model is explained, what its input looks like, and what it runs on. */
@InGroup(HelpGroup.MODEL)
public final class ModelFlags {

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--model",
      paramLabel = "F.pt|F.pt2|F.onnx",
      description =
          "A TorchScript file, an AOTInductor package or an ONNX file; a model.json beside it tells"
              + " its input and labels (default: the bundled model).")
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
      paramLabel = "auto|cpu|cuda[:I,I|:all]",
      description =
          "Where the model runs; auto takes a GPU where there is one, several GPUs share the"
              + " samples (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--compose",
      paramLabel = "host|device",
      description =
          "Where samples are composed: by the processor, or from packed masks where the model runs"
              + " (default: ${DEFAULT-VALUE}).")
  private String compose = "host";

  @Option(
      names = "--precision",
      paramLabel = "auto|fp32|bf16",
      description =
          "Its number format; auto takes bf16 where the processor has it and the first scores agree"
              + " with those in fp32 (default: ${DEFAULT-VALUE}).")
  private String precision = "auto";

  @Option(
      names = "--batch",
      paramLabel = "auto|B",
      description =
          "Pictures in one forward pass; auto measures a few and remembers the fastest"
              + " (default: ${DEFAULT-VALUE}).")
  private String batch = "auto";

  @Option(
      names = "--threads",
      paramLabel = "auto|T",
      description =
          "Threads of a forward pass; auto takes OMP_NUM_THREADS where it is set, otherwise every"
              + " processor (default: ${DEFAULT-VALUE}).")
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

  /** The model file that was asked for. */
  public @Nullable Path model() {
    return model;
  }

  /** The labels file that was asked for. */
  public @Nullable Path labels() {
    return labels;
  }

  /**
   * What was asked for, over what the model's card says.
   *
   * @param card the input as the model's card has it
   */
  public ModelOptions over(Preprocessing card) {
    return new ModelOptions(
        new InputTexts(resize, resizeTo, interpolation, size, mean, std).over(card),
        Device.parse(device),
        Parse.choice("--precision", precision, Precision.class),
        batch.equals("auto") ? 0 : Parse.whole("--batch", batch, 1, 4096),
        threads.equals("auto") ? 0 : Parse.whole("--threads", threads, 1, 1024),
        Bundled.cache(),
        Parse.choice("--compose", compose, Compose.class),
        output);
  }
}
