package dev.quicklime.internal.cam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One forward pass over a batch, whose scores have gradients. */
public interface CamGradients {

  /** Raw scores, picture by picture; whether they are finite is for the caller to see. */
  double[] scores();

  /** The maps of all pictures: [pictures, K, frames, height, width]. */
  float[] activation();

  /**
   * Says whose gradients will be asked for, before the first is: a backend may find them together.
   *
   * @param classes for each call of {@link #gradient} to come a class for each picture
   * @param probability whether the value is the softmax; else it is the score
   */
  default void expect(List<int[]> classes, boolean probability) {
    // A backend that finds them one by one needs not know.
  }

  /**
   * The gradient of one class's value for each picture with respect to the picture's own maps; or
   * any other values that have the same sum over each map's places.
   *
   * @param classes a class for each picture
   * @param probability whether the value is the softmax; else it is the score
   * @return as {@link #activation}, or null if the value does not depend on the maps
   */
  float @Nullable [] gradient(int[] classes, boolean probability);

  /** What a reader should know about how they were found; asked for after the last of them. */
  default List<String> notices() {
    return List.of();
  }
}
