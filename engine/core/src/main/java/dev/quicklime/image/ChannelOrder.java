package dev.quicklime.image;

/**
 * The order in which a model takes the channels of a colour picture; an {@link Image} is always
 * RGB.
 */
public enum ChannelOrder {
  /** Red first, as an {@link Image} has them. */
  RGB,
  /** Blue first. */
  BGR
}
