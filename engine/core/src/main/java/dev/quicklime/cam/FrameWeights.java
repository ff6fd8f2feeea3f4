package dev.quicklime.cam;

/** Over which frames of a video a map's gradients are averaged. */
public enum FrameWeights {
  /** All of them: one weight α for each map. */
  ALL_FRAMES,
  /** Each frame alone: a weight α for each map and frame. */
  EACH_FRAME
}
