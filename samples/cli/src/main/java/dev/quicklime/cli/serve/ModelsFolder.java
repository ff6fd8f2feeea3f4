package dev.quicklime.cli.serve;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Model files that are served, and what they are called. */
final class ModelsFolder {

  private static final List<String> ENDINGS = List.of(".pt", ".pt2", ".onnx", ".ts");

  private ModelsFolder() {}

  /**
   * The model files of a folder, by name.
   *
   * @throws InvalidInputException if it is none, or has none
   */
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException("--models must be a folder, got " + folder);
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> models =
          all.filter(file -> !ending(file).isEmpty() && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (models.isEmpty()) {
        throw new InvalidInputException(
            "--models must be a folder with files that end in %s, got none in %s"
                .formatted(String.join(", ", ENDINGS), folder));
      }
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a model is called by its file: its name without the ending, as routes can have it. */
  static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    String plain = name.substring(0, name.length() - ending(file).length());
    String safe = plain.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return safe.isEmpty() ? "model" : safe;
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
  }
}
