package dev.quicklime.cli.options;

import static dev.quicklime.model.ModelFileKind.COMPILED_PACKAGE;
import static dev.quicklime.model.ModelFileKind.ONNX;
import static dev.quicklime.model.ModelFileKind.SAFETENSORS;
import static dev.quicklime.model.ModelFileKind.STATE_DICT;
import static dev.quicklime.model.ModelFileKind.TORCH_SCRIPT;
import static dev.quicklime.model.ModelFileKind.WEIGHTS_INDEX;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ModelFileKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

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
    PICTURES(
        "a TorchScript file, an AOTInductor package or an ONNX file",
        Set.of(TORCH_SCRIPT, COMPILED_PACKAGE, ONNX)),
    /** A model that is differentiated. */
    GRADIENTS("a TorchScript file", Set.of(TORCH_SCRIPT)),
    /** A model that scores rows of numbers. */
    ROWS("a TorchScript or ONNX file", Set.of(TORCH_SCRIPT, ONNX)),
    /** Weights to be imported. */
    WEIGHTS(
        "safetensors or a state dict of torch.save",
        Set.of(SAFETENSORS, STATE_DICT, WEIGHTS_INDEX, ModelFileKind.FOLDER));

    private final String wanted;
    private final Set<ModelFileKind> taken;

    Use(String wanted, Set<ModelFileKind> taken) {
      this.wanted = wanted;
      this.taken = taken;
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
          case OTHER -> use == Use.WEIGHTS || (use.taken.contains(ONNX) && named(file, ".onnx"));
          case PICKLED_MODULE -> false;
          default -> use.taken.contains(kind);
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
