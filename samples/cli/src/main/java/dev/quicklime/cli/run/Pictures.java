package dev.quicklime.cli.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pictures that a command line names. */
public final class Pictures {

  private Pictures() {}

  /**
   * Files as they are, and the pictures of each folder, one level deep, by name.
   *
   * @throws InvalidInputException if a folder has no pictures
   */
  public static List<Path> of(List<Path> named) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        pictures.addAll(in(path));
      } else {
        pictures.add(path);
      }
    }
    return pictures;
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> pictures =
          files.filter(ImageFiles::looksLikeImage).filter(Files::isRegularFile).sorted().toList();
      if (pictures.isEmpty()) {
        throw new InvalidInputException(
            folder + " must hold pictures (png, jpg, webp, tiff or bmp), got a folder without any");
      }
      return pictures;
    }
  }
}
