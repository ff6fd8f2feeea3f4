package dev.quicklime.internal.cam;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the activation of one picture is laid out in maps.
 *
 * @param order of its dimensions
 * @param channels number of maps K, ≥ 1
 * @param frames places in time T, 1 for pictures
 * @param height rows of a map
 * @param width columns of a map
 * @param skipped tokens before those that are places of the picture, 0 if there are no tokens
 */
public record MapShape(Order order, int channels, int frames, int height, int width, int skipped) {

  /** Orders of an activation's dimensions after that of the batch. */
  public enum Order {
    /** Maps, (frames,) rows, columns. */
    MAPS_FIRST,
    /** (Frames,) rows, columns, maps. */
    MAPS_LAST,
    /** Tokens, features: a feature is a map. */
    TOKENS
  }

  /** Class and other tokens that a transformer may put before those of the patches. */
  private static final int MOST_SKIPPED = 16;

  /** By how much of itself the shape of a map may differ from the picture's. */
  private static final double ALIKE = 1.5;

  /** Places of a map. */
  public int places() {
    return frames * height * width;
  }

  /**
   * Where a map's place lies among the values of one picture.
   *
   * @param channel the map, from 0
   * @param place from 0, frame by frame and row by row
   */
  public int at(int channel, int place) {
    return switch (order) {
      case MAPS_FIRST -> channel * places() + place;
      case MAPS_LAST -> place * channels + channel;
      case TOKENS -> (skipped + place) * channels + channel;
    };
  }

  /**
   * The layout of a tensor's maps. Where maps may be first or last, they are last only if this
   * alone gives them the shape of the picture.
   *
   * @param shape of the tensor, the batch first
   * @param input of the pictures: batch, channels, (frames,) height, width
   * @param grid height and width of maps that came before, or null
   * @return null if the tensor has no places
   */
  public static @Nullable MapShape of(long[] shape, long[] input, long @Nullable [] grid) {
    if (shape.length < 3 || shape[0] != input[0] || Arrays.stream(shape).anyMatch(n -> n < 1)) {
      return null;
    }
    int rank = shape.length;
    if (rank != input.length) {
      return rank == 3 && input.length == 4 ? tokens(shape, input, grid) : null;
    }
    boolean last =
        !alike(shape[rank - 2], shape[rank - 1], input)
            && alike(shape[rank - 3], shape[rank - 2], input);
    int first = last ? 1 : 2;
    long height = shape[rank - (last ? 3 : 2)];
    long width = shape[rank - (last ? 2 : 1)];
    long frames = rank == 5 ? shape[first] : 1;
    long channels = last ? shape[rank - 1] : shape[1];
    return height * width > 1
        ? new MapShape(
            last ? Order.MAPS_LAST : Order.MAPS_FIRST,
            (int) channels,
            (int) frames,
            (int) height,
            (int) width,
            0)
        : null;
  }

  private static boolean alike(long height, long width, long[] input) {
    double rows = (double) height / input[input.length - 2];
    double columns = (double) width / input[input.length - 1];
    return rows <= ALIKE * columns && columns <= ALIKE * rows;
  }

  private static @Nullable MapShape tokens(long[] shape, long[] input, long @Nullable [] grid) {
    long count = shape[1];
    if (grid != null) {
      long places = grid[0] * grid[1];
      if (count >= places && count <= places + MOST_SKIPPED) {
        return tokens(shape[2], grid[0], grid[1], count - places);
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
        return tokens(shape[2], rows, columns, skipped);
      }
    }
    return null;
  }

  private static MapShape tokens(long features, long rows, long columns, long skipped) {
    return new MapShape(Order.TOKENS, (int) features, 1, (int) rows, (int) columns, (int) skipped);
  }
}
