package dev.quicklime.scenes.paint;

import java.util.Locale;

/** The kinds of background. They are drawn independently of the figure. */
public enum Backdrop {
  /** Straight soft stripes. */
  STRIPES,
  /** A chequered floor. */
  CHECKS,
  /** Fractal noise. */
  CLOUDS,
  /** One colour passing into another. */
  GRADIENT,
  /** Veins of a stone. */
  MARBLE,
  /** A wall of bricks. */
  BRICKS,
  /** Polka dots. */
  DOTS,
  /** Wavy lines. */
  WAVES;

  /** The name as it is used in labels and file names, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
