package dev.quicklime.torch.internal;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Says what is wrong with a file that should be TorchScript. */
public final class ScriptFile {

  private ScriptFile() {}

  /**
   * Looks at a file's beginning, which libtorch would not explain.
   *
   * @throws InvalidInputException if there is no such file
   * @throws QuicklimeException if it is of another kind
   */
  public static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "model " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      if (!Arrays.equals(start, new byte[] {'P', 'K'})) {
        throw new QuicklimeException(
            ("model %s must be a TorchScript file, a zip archive as torch.jit.save writes it; got"
                    + " a file of another kind (%d bytes)")
                .formatted(file, Files.size(file)));
      }
    } catch (IOException e) {
      throw new InvalidInputException("model " + file + " cannot be read: " + e, e);
    }
  }

  /** What a user is told of a file that libtorch refused. */
  public static QuicklimeException refused(Path file, TorchException e) {
    if (String.valueOf(e.getMessage()).contains("constants.pkl")) {
      return new QuicklimeException(
          ("model %s must be a TorchScript file; it looks like a state dict or a pickled model"
                  + " of torch.save: export it with torch.jit.script or torch.jit.trace, then"
                  + " torch.jit.save")
              .formatted(file),
          e);
    }
    return new QuicklimeException(
        "model %s must be a TorchScript file as torch.jit.save writes it; libtorch says: %s"
            .formatted(file, e.getMessage()),
        e);
  }
}
