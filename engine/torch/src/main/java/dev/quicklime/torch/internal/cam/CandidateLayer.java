package dev.quicklime.torch.internal.cam;

import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.torch.internal.cam.GraphOutline.Place;
import org.jspecify.annotations.Nullable;

/**
 * A value of a module's computation that has places of the picture.
 *
 * @param place where it is computed
 * @param name of the value
 * @param module path of the module that hands it out, or null
 * @param kind what computes it, as {@code aten::relu}
 * @param shape its maps
 */
public record CandidateLayer(
    Place place, String name, @Nullable String module, String kind, MapShape shape) {

  /** What a user calls it: the module where there is one. */
  public String called() {
    return module == null ? name : module;
  }
}
