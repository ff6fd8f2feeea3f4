package dev.quicklime.internal.torch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the activation of one picture is laid out in maps.
 *
 * @param channels number of maps K, ≥ 1
 * @param frames places in time T, 1 for pictures
 * @param height rows of a map
 * @param width columns of a map
 * @param skipped tokens before those that are places of the picture; −1 if there are no tokens
 */
public record MapShape(int channels, int frames, int height, int width, int skipped) {

  /** Class and other tokens that a transformer may put before those of the patches. */
  private static final int MOST_SKIPPED = 16;

  /** Whether the activation is tokens, [tokens, features]; else it is [K, (T,) height, width]. */
  public boolean tokens() {
    return skipped >= 0;
  }

  /** Places of a map. */
  public int places() {
    return frames * height * width;
  }

  /**
   * The layout of a tensor's maps.
   *
   * @param shape of the tensor, the batch first
   * @param input of the pictures: batch, channels, (frames,) height, width
   * @param grid height and width of maps that came before, or null
   * @return null if the tensor has no places
   */
  static @Nullable MapShape of(long[] shape, long[] input, long @Nullable [] grid) {
    if (shape.length < 3 || shape[0] != input[0] || Arrays.stream(shape).anyMatch(n -> n < 1)) {
      return null;
    }
    if (shape.length == input.length) {
      return shape.length == 4
          ? spread(shape[1], 1, shape[2], shape[3])
          : spread(shape[1], shape[2], shape[3], shape[4]);
    }
    return shape.length == 3 && input.length == 4 ? tokens(shape, input, grid) : null;
  }

  private static @Nullable MapShape spread(long channels, long frames, long height, long width) {
    return height * width > 1
        ? new MapShape((int) channels, (int) frames, (int) height, (int) width, -1)
        : null;
  }

  private static @Nullable MapShape tokens(long[] shape, long[] input, long @Nullable [] grid) {
    long count = shape[1];
    if (grid != null) {
      long places = grid[0] * grid[1];
      if (count >= places && count <= places + MOST_SKIPPED) {
        return new MapShape(
            (int) shape[2], 1, (int) grid[0], (int) grid[1], (int) (count - places));
      }
      if (shape[2] == places) {
        // Maps whose rows were put one after the other.
        return null;
      }
    }
    for (int skipped = 0; skipped <= 1; skipped++) {
      double height = Math.sqrt((count - skipped) * (double) input[2] / input[3]);
      long rows = Math.round(height);
      if (rows > 1 && Math.abs(height - rows) < 1e-9 && (count - skipped) % rows == 0) {
        long columns = (count - skipped) / rows;
        return new MapShape((int) shape[2], 1, (int) rows, (int) columns, skipped);
      }
    }
    return null;
  }
}
