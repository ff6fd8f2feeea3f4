package dev.quicklime.scenes;

import dev.quicklime.InvalidInputException;

/**
 * Draws scenes: one textured figure on a textured backdrop, with a few fragments that are no
 * figure, under a light, with some noise. The class depends on the figure alone; backdrop,
 * fragments, colours, place and light are drawn without regard to it, so an explanation of a model
 * that has learnt the classes should point at the figure.
 *
 * <p>A scene depends on (seed, index, width, height) alone, not on what was drawn before, and has
 * the same bytes on every machine. The same index at another size of the same proportions shows the
 * same scene. Every eight consecutive scenes from an index divisible by eight hold each class once.
 *
 * @param seed of the sequence
 * @param width of the pictures in pixels, 16 to 4096
 * @param height of the pictures in pixels, 16 to 4096
 */
public record SceneGenerator(long seed, int width, int height) {
  private static final int LEAST_SIDE = 16;
  private static final int GREATEST_SIDE = 4096;

  /** Refuses sides out of range. */
  public SceneGenerator {
    checkSide("width", width);
    checkSide("height", height);
  }

  /**
   * Draws one scene.
   *
   * @param index 0 or more
   */
  public Scene scene(int index) {
    if (index < 0) {
      throw new InvalidInputException("index must be 0 or more, got " + index);
    }
    return new SceneRenderer(SceneRecipe.draw(seed, index, width, height), width, height)
        .render(seed, index);
  }

  private static void checkSide(String name, int side) {
    if (side < LEAST_SIDE || side > GREATEST_SIDE) {
      throw new InvalidInputException(
          name + " must be between " + LEAST_SIDE + " and " + GREATEST_SIDE + ", got " + side);
    }
  }
}
