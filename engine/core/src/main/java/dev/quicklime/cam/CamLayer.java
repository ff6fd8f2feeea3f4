package dev.quicklime.cam;

import dev.quicklime.InvalidInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value inside a model that maps can be made of.
 *
 * @param name of the value; {@link CamOptions#layer} takes it
 * @param module path of the module that returns it, which {@link CamOptions#layer} takes as well;
 *     null if it is within one, or the file was frozen and knows its modules no more
 * @param operation what computes it, as {@code relu}
 * @param channels number of maps K
 * @param frames places in time, 1 for pictures
 * @param height rows of a map
 * @param width columns of a map
 * @param tokens whether the maps are a transformer's tokens, one for each place
 * @param automatic whether it is taken where no layer is named
 */
public record CamLayer(
    String name,
    @Nullable String module,
    String operation,
    int channels,
    int frames,
    int height,
    int width,
    boolean tokens,
    boolean automatic) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public CamLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operation, "operation");
    if (channels < 1 || frames < 1 || height < 1 || width < 1) {
      throw new InvalidInputException(
          "a layer must have at least one channel, frame, row and column, got %s, %s, %s and %s"
              .formatted(channels, frames, height, width));
    }
  }

  /** The module's path where there is one, else the value's name. */
  public String called() {
    return module == null ? name : module;
  }
}
