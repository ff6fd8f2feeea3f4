package dev.quicklime.spark.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.profile.ProfilePicture;
import dev.quicklime.image.Image;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A picture on its way to executors: the bytes of a file, or what a scene is drawn by. */
final class ShippedPicture implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** What decoders call a picture whose name they do not know. */
  private static final String NAMELESS = "the picture";

  private final String name;
  private final byte @Nullable [] file;
  private final long seed;
  private final int index;

  private ShippedPicture(String name, byte @Nullable [] file, long seed, int index) {
    this.name = name;
    this.file = file;
    this.seed = seed;
    this.index = index;
  }

  /** A picture file; keeps the array. */
  static ShippedPicture of(String name, byte[] file) {
    return new ShippedPicture(name, Objects.requireNonNull(file, "file"), 0, 0);
  }

  /** A scene, which is drawn where it is needed. */
  static ShippedPicture of(String name, ProfilePicture.Scene scene) {
    return new ShippedPicture(name, null, scene.seed(), scene.index());
  }

  /**
   * Decodes or draws it.
   *
   * @throws InvalidInputException if the file is no picture
   */
  Image open() {
    if (file == null) {
      return new ProfilePicture.Scene(seed, index).open();
    }
    try {
      return Image.decode(file);
    } catch (InvalidInputException e) {
      String said = String.valueOf(e.getMessage());
      if (said.startsWith(NAMELESS)) {
        said = name + said.substring(NAMELESS.length());
      }
      throw new InvalidInputException(said, e);
    }
  }
}
