package dev.quicklime.testkit;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Locale;

/**
 * Small networks of the kinds in use, with as few channels as they go with: for whoever wants to
 * see a method work on all of them without their weights. Their tensors have the names that the
 * large ones' have, as far as these are alike.
 */
public enum Miniature {
  /** Convolutions in a row, rectified in place, their last maps flattened into a linear layer. */
  VGG(0, 64, 64),
  /** Branches side by side that are concatenated, then an average over places. */
  INCEPTION(0, 80, 80),
  /** Depthwise convolutions, squeeze-and-excitation, ReLU6 and hard swish. */
  MOBILENET(0, 64, 64),
  /** Residual blocks of three-dimensional convolutions, for videos. */
  R3D18(16, 48, 48),
  /** A vision transformer of patches and a class token, whose attention is written out. */
  VIT(0, 48, 48);

  private final int frames;
  private final int height;
  private final int width;

  Miniature(int frames, int height, int width) {
    this.frames = frames;
    this.height = height;
    this.width = width;
  }

  /**
   * A network by its name in lower case.
   *
   * @throws InvalidInputException if none has that name
   */
  public static Miniature parse(String name) {
    for (Miniature miniature : values()) {
      if (miniature.name().toLowerCase(Locale.ROOT).equals(name)) {
        return miniature;
      }
    }
    throw new InvalidInputException(
        "miniature must be one of vgg, inception, mobilenet, r3d18, vit, got " + name);
  }

  /** Size of an input of three channels: height and width, or frames, height and width. */
  public List<Integer> places() {
    return video() ? List.of(frames, height, width) : List.of(height, width);
  }

  /** Whether it takes videos. */
  public boolean video() {
    return frames > 0;
  }
}
