package dev.quicklime.image;

/** Order of the elements in a classifier's batch, the slowest index first. */
public enum Layout {
  /** Sample, channel, row, column. */
  NCHW,
  /** Sample, row, column, channel, also called channels-last. */
  NHWC
}
