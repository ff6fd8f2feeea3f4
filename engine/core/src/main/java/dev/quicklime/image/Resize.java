package dev.quicklime.image;

/** How a picture is brought to the shape of a model's input. */
public enum Resize {
  /** The whole picture, each axis scaled by itself. */
  STRETCH,
  /** The short side scaled to fit, the rest of the long side cut away evenly at both ends. */
  CROP,
  /** The long side scaled to fit, the short side filled up evenly at both ends with gray 128. */
  PAD
}
