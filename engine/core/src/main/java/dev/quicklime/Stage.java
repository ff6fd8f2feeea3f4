package dev.quicklime;

/** Parts of the time an explanation takes. */
public enum Stage {
  /** Opening and decoding the picture. */
  READ,
  /** Bringing it to the model's input size. */
  FIT,
  /** Superpixels. */
  SEGMENT,
  /** Drawing the masks. */
  MASKS,
  /** Letting the classifier choose its number format and batch, by a few forward passes. */
  SETTLE,
  /** Fill, normalisation and composing. */
  COMPOSE,
  /** The classifier's forward passes, with their copies. */
  FORWARD,
  /** Weights, Gram matrix and surrogates. */
  FIT_SURROGATE
}
