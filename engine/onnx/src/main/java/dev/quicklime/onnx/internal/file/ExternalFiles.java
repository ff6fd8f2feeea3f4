package dev.quicklime.onnx.internal.file;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files that hold weights of a model, which lie beside it. ONNX Runtime looks for them beside the
 * path that it is given, whether or not that is a link, and says little where they are not.
 */
public final class ExternalFiles {

  private ExternalFiles() {}

  /**
   * The path by which ONNX Runtime finds all that a model consists of: the given one, or where it
   * is a link and the weights lie beside what it leads to, that.
   *
   * @param file the model
   * @param content what it says of itself
   * @throws QuicklimeException if a file of weights is not there, too short, or not named by a path
   *     below the model's folder
   */
  public static Path pathOf(Path file, OnnxFile content) {
    Path given = file.toAbsolutePath();
    content.external().keySet().forEach(name -> checkName(file, name));
    if (all(given, content) || content.external().isEmpty()) {
      checkLengths(file, given, content);
      return given;
    }
    Path real = real(given);
    if (!real.equals(given) && all(real, content)) {
      checkLengths(file, real, content);
      return real;
    }
    String missing =
        content.external().keySet().stream()
            .filter(name -> !Files.isRegularFile(given.resolveSibling(name)))
            .sorted()
            .findFirst()
            .orElseThrow();
    throw new QuicklimeException(
        "model %s keeps its weights in a file beside it, %s, which must be there, got none in %s"
            .formatted(file, missing, given.getParent()));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new InvalidInputException("model " + file + " cannot be read: " + e, e);
    }
  }

  private static boolean all(Path model, OnnxFile content) {
    return content.external().keySet().stream()
        .allMatch(name -> Files.isRegularFile(model.resolveSibling(name)));
  }

  private static void checkName(Path file, String name) {
    boolean below;
    try {
      Path path = Path.of(name).normalize();
      below = !name.isEmpty() && !path.isAbsolute() && !path.startsWith("..");
    } catch (InvalidPathException e) {
      below = false;
    }
    if (!below) {
      throw new QuicklimeException(
          "model %s must keep its weights in files of its own folder, got %s"
              .formatted(file, name.isEmpty() ? "one without a name" : name));
    }
  }

  private static void checkLengths(Path file, Path model, OnnxFile content) {
    for (Map.Entry<String, Long> weights : content.external().entrySet()) {
      Path path = model.resolveSibling(weights.getKey());
      long size;
      try {
        size = Files.size(path);
      } catch (IOException e) {
        throw new InvalidInputException("weights " + path + " cannot be read: " + e, e);
      }
      if (size < weights.getValue()) {
        throw new QuicklimeException(
            "model %s needs %s bytes of weights in %s, got %s: the file is cut off or of another model"
                .formatted(file, weights.getValue(), weights.getKey(), size));
      }
    }
  }
}
