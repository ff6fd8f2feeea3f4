package dev.quicklime.run;

import java.util.List;

/** Parts of the time that an explanation takes. */
public enum Stage {
  /** Opening and decoding the picture. */
  READ("read"),
  /** Bringing the picture to the model's input size. */
  RESIZE("fit"),
  /** Superpixels. */
  SEGMENT("segment"),
  /** Drawing the masks of a picture. */
  MASKS("masks"),
  /** Drawing the rows around one of a table. */
  DRAW("draw"),
  /**
   * Letting the classifier choose its number format and batch, by a few forward passes; without
   * those whose scores of samples the explanation uses. And scoring the picture in more bits than
   * its samples, where those have fewer.
   */
  SETTLE("settle"),
  /** Fill, normalisation and composing. */
  COMPOSE("compose"),
  /** The model's forward passes, with their copies. */
  FORWARD("forward"),
  /** Backward passes, one for each mapped class. */
  BACKWARD("backward"),
  /** Weights and sums of Grad-CAM's maps. */
  MAPS("maps"),
  /** Weights, Gram matrix and surrogates. */
  SURROGATE("fitSurrogate");

  private static final List<Stage> OF_PICTURES =
      List.of(READ, RESIZE, SEGMENT, MASKS, SETTLE, COMPOSE, FORWARD, SURROGATE);

  private final String key;

  Stage(String key) {
    this.key = key;
  }

  /** What files call it; these names stay as they are. */
  public String key() {
    return key;
  }

  /** The stages of explaining a picture, in their order. */
  public static List<Stage> ofPictures() {
    return OF_PICTURES;
  }
}
