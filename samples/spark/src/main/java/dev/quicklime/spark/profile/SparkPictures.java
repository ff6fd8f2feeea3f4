package dev.quicklime.spark.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.profile.ProfilePicture;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.shipping.FileShipping;
import dev.quicklime.spark.source.FileBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * The pictures of a job: files and folders of the driver, or of any file system that Spark knows,
 * which the driver reads when their turn comes.
 *
 * @param configuration of Hadoop's file systems
 */
record SparkPictures(Configuration configuration) {

  SparkPictures {
    Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * A picture file of a file system that is not this machine's.
   *
   * @param location its URI
   * @param configuration of Hadoop's file systems
   */
  private record Remote(String location, Configuration configuration) implements ProfilePicture {

    byte[] read() {
      try {
        return new FileBytes(configuration).read(location);
      } catch (IOException e) {
        throw new InvalidInputException(
            location + " must be a file that can be read, got " + e.getMessage(), e);
      }
    }

    @Override
    public Image open() {
      return Image.decode(read());
    }
  }

  /**
   * What the command line names, by the names that results have it under.
   *
   * @param named files and folders, paths or URIs; the bundled pictures where there are none
   * @param told hears what of folders was left out
   * @throws InvalidInputException if something is named twice, or a folder has no pictures
   */
  Map<String, ProfilePicture> of(List<String> named, Consumer<String> told) throws IOException {
    if (named.isEmpty()) {
      return ProfilePicture.files(Bundled.pictures());
    }
    Map<String, ProfilePicture> pictures = new LinkedHashMap<>();
    for (String name : named) {
      if (FileShipping.isElsewhere(name)) {
        for (String file : remote(name)) {
          ProfilePicture.put(pictures, file, new Remote(file, configuration));
        }
      } else {
        for (Path file : Pictures.of(List.of(FileShipping.here(name)), told)) {
          ProfilePicture.put(pictures, file.toString(), new ProfilePicture.OfFile(file));
        }
      }
    }
    return pictures;
  }

  private List<String> remote(String name) {
    org.apache.hadoop.fs.Path there = new org.apache.hadoop.fs.Path(name);
    try {
      FileSystem files = there.getFileSystem(configuration);
      if (!files.getFileStatus(there).isDirectory()) {
        return List.of(name);
      }
      List<String> found = new ArrayList<>();
      Stream.of(files.listStatus(there))
          .filter(FileStatus::isFile)
          .map(FileStatus::getPath)
          .filter(
              path ->
                  !path.getName().startsWith(".")
                      && ImageFiles.looksLikeImage(Path.of(path.getName())))
          .sorted(Comparator.comparing(org.apache.hadoop.fs.Path::getName))
          .forEach(path -> found.add(path.toString()));
      if (found.isEmpty()) {
        throw new InvalidInputException(
            name + " must hold pictures, files that are called so, got a folder without any");
      }
      return found;
    } catch (IOException e) {
      throw new InvalidInputException(
          name + " must be a file or a folder that can be read, got " + e.getMessage(), e);
    }
  }

  /**
   * Makes a picture ready to go to executors.
   *
   * @throws InvalidInputException if it cannot be read
   */
  static ShippedPicture ship(String name, ProfilePicture picture) {
    return picture instanceof ProfilePicture.Scene scene
        ? ShippedPicture.of(name, scene)
        : ShippedPicture.of(name, bytes(picture));
  }

  /**
   * The bytes of a picture file; of a scene those of one.
   *
   * @throws InvalidInputException if it cannot be read
   */
  static byte[] bytes(ProfilePicture picture) {
    return switch (picture) {
      case Remote remote -> remote.read();
      case ProfilePicture.OfFile(Path path) -> bytes(path);
      default -> ImageFiles.encodePng(picture.open());
    };
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      // Says what is wrong as the command does.
      ImageFiles.read(file);
      throw new InvalidInputException(file + " must be a file that can be read, got " + e, e);
    }
  }
}
