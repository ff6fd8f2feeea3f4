package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/** The pictures that a command line names. */
public final class Pictures {

  private Pictures() {}

  /**
   * Files as they are, and the pictures of each folder, one level deep, by name.
   *
   * @param told hears what of folders was left out
   * @throws InvalidInputException if a folder has no pictures
   */
  public static List<Path> of(List<Path> named, Consumer<String> told) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        pictures.addAll(in(path, told));
      } else {
        pictures.add(path);
      }
    }
    return pictures;
  }

  /**
   * Where a command says what of folders was left out: among its results, or beside them where it
   * prints paths alone.
   */
  public static Consumer<String> told(CommandLine command, boolean quiet) {
    return skipped -> {
      if (!quiet) {
        command.getOut().println(skipped);
        command.getOut().flush();
      } else if (Stderr.isTerminal()) {
        command.getErr().println("note: " + skipped);
        command.getErr().flush();
      }
    };
  }

  private static List<Path> in(Path folder, Consumer<String> told) throws IOException {
    PictureFolder found = PictureFolder.of(folder);
    if (found.pictures().isEmpty()) {
      throw new InvalidInputException(
          folder
              + " must hold pictures (png, jpg, webp, tiff, bmp, gif, heic, avif or jp2), got a"
              + " folder without any"
              + (found.skipped().isEmpty() ? "" : "; " + found.skipped()));
    }
    if (!found.skipped().isEmpty()) {
      told.accept(folder + ": " + found.skipped());
    }
    return found.pictures();
  }
}
