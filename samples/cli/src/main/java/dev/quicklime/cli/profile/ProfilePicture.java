package dev.quicklime.cli.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where a picture of a profile comes from. */
public interface ProfilePicture {

  /**
   * Reads or draws the picture.
   *
   * @throws InvalidInputException if it cannot be read
   */
  Image open();

  /**
   * A picture file.
   *
   * @param path of the file
   */
  record OfFile(Path path) implements ProfilePicture {

    public OfFile {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public Image open() {
      return ImageFiles.read(path);
    }
  }

  /**
   * A generated scene.
   *
   * @param seed of the sequence
   * @param index in it, from 0
   */
  record Scene(long seed, int index) implements ProfilePicture {

    @Override
    public Image open() {
      return new SceneGenerator(seed, SceneModel.SIDE, SceneModel.SIDE).scene(index).image();
    }
  }

  /**
   * Files by their names.
   *
   * @throws InvalidInputException if one is named twice
   */
  static Map<String, ProfilePicture> files(List<Path> files) {
    Map<String, ProfilePicture> pictures = new LinkedHashMap<>();
    files.forEach(file -> put(pictures, file.toString(), new OfFile(file)));
    return pictures;
  }

  /**
   * Adds a picture to others.
   *
   * @throws InvalidInputException if there is one of its name
   */
  static void put(Map<String, ProfilePicture> pictures, String name, ProfilePicture picture) {
    if (pictures.put(name, picture) != null) {
      throw new InvalidInputException("a picture must be named once, got twice: " + name);
    }
  }

  /**
   * What is wrong with a picture, said with its name.
   *
   * @param name that results would have it under
   */
  static InvalidInputException wrong(String name, InvalidInputException e) {
    String said = String.valueOf(e.getMessage());
    return said.startsWith(name) ? e : new InvalidInputException(name + ": " + said, e);
  }
}
