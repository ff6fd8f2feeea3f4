package dev.quicklime.scenes.paint;

import java.util.Locale;

/** The classes of the scenes. The order is the order of the model's outputs. */
public enum SceneClass {
  /** A target: concentric rings. */
  DISC(0.565),
  /** A chequered square. */
  SQUARE(0.708),
  /** A triangle with stripes along its base. */
  TRIANGLE(0.878),
  /** A five-pointed star with a light and a dark face on each arm. */
  STAR(0.870),
  /** A lifebuoy: a ring of alternating segments. */
  RING(0.677),
  /** A cross with diagonal stripes. */
  CROSS(0.682),
  /** A spotted moon. */
  CRESCENT(0.866),
  /** A quilted heart. */
  HEART(0.680);

  private final double radius;

  SceneClass(double radius) {
    this.radius = radius;
  }

  /** The radius about the origin that holds the figure of area 1. */
  public double radius() {
    return radius;
  }

  /** The name as it is used in labels and file names, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
