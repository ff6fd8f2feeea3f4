package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ModelFileKind;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Refuses files that are no model of the kind that a command takes, and names the command line that
 * makes one of them. What is damaged within, and what the content does not tell, is left to those
 * who open it.
 */
public final class WrongFile {

  private WrongFile() {}

  /** What a command takes a file for. */
  public enum Use {
    /** A model that scores pictures. */
    PICTURES("a TorchScript file, an AOTInductor package or an ONNX file"),
    /** A model that is differentiated. */
    GRADIENTS("a TorchScript or ONNX file"),
    /** A model that scores rows of numbers. */
    ROWS("a TorchScript or ONNX file"),
    /** Weights to be imported. */
    WEIGHTS("safetensors or a state dict of torch.save");

    private final String wanted;

    Use(String wanted) {
      this.wanted = wanted;
    }

    private boolean takes(ModelFileKind kind) {
      return switch (kind) {
        case TORCH_SCRIPT, ONNX -> this != WEIGHTS;
        case COMPILED_PACKAGE -> this == PICTURES;
        case SAFETENSORS, STATE_DICT, WEIGHTS_INDEX, FOLDER -> this == WEIGHTS;
        default -> false;
      };
    }
  }

  /**
   * Looks at a file's content.
   *
   * @throws InvalidInputException if it is something that another command line makes a model of, or
   *     surely none
   */
  public static void refuse(Path file, Use use) {
    ModelFileKind kind = ModelFileKind.of(file);
    boolean open =
        switch (kind) {
          case MISSING -> true;
          // Who opens what is damaged says more, if it is called as what it should be.
          case OTHER ->
              use == Use.WEIGHTS || (use.takes(ModelFileKind.ONNX) && named(file, ".onnx"));
          default -> use.takes(kind);
        };
    if (!open) {
      throw new InvalidInputException(
          "%s %s must be %s, got %s; %s"
              .formatted(
                  use == Use.WEIGHTS ? "weights" : "model",
                  file,
                  use.wanted,
                  kind.words(),
                  new FileRemedy(file, use).of(kind)));
    }
  }

  private static boolean named(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
