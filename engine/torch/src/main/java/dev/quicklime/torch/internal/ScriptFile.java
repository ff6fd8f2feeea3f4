package dev.quicklime.torch.internal;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.ModelFileKind;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what is wrong with a file that should be TorchScript. */
public final class ScriptFile {

  private static final String WANTED = "a TorchScript file, as torch.jit.save writes it";

  private ScriptFile() {}

  /**
   * Looks at a file's content, which libtorch would not explain.
   *
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is of another kind
   */
  public static void check(Path file) {
    ModelFileKind kind = ModelFileKind.of(file);
    if (kind == ModelFileKind.FOLDER || kind == ModelFileKind.MISSING) {
      throw new InvalidInputException(
          "model " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    if (kind == ModelFileKind.COMPILED_PACKAGE) {
      throw new QuicklimeException(
          "model %s must be %s, got %s, which has neither gradients nor parts"
              .formatted(file, WANTED, kind.words()));
    }
    // What a damaged archive lacks, libtorch says.
    if (kind != ModelFileKind.TORCH_SCRIPT && kind != ModelFileKind.ZIP) {
      throw new QuicklimeException(kind.instead(file, WANTED));
    }
  }

  /** What a user is told of a file that libtorch refused. */
  public static QuicklimeException refused(Path file, TorchException e) {
    return new QuicklimeException(
        "model %s must be a TorchScript file as torch.jit.save writes it; libtorch says: %s"
            .formatted(file, e.getMessage()),
        e);
  }
}
