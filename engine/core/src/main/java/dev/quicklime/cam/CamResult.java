package dev.quicklime.cam;

import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The maps of one batch. Plain data.
 *
 * @param layer what the maps were made of
 * @param classes number of the model's outputs
 * @param pictures for each picture or video of the batch the maps of its classes, in the order
 *     asked for, or the best class first
 * @param notices what a reader should know about all of them
 * @param timings of the forward pass with the copies from and to the device, and what it takes to
 *     find the layer the first time; of the backward passes; and of weights and sums
 */
public record CamResult(
    CamLayer layer,
    int classes,
    List<List<CamMap>> pictures,
    List<String> notices,
    Timings timings) {

  /** Copies the lists. */
  public CamResult {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(notices, "notices");
    Objects.requireNonNull(timings, "timings");
    pictures = pictures.stream().map(List::copyOf).toList();
    notices = List.copyOf(notices);
  }

  /** Maps of the batch's first or only picture. */
  public List<CamMap> first() {
    return pictures.getFirst();
  }

  /** The same with further notices behind those it has, one sentence each. */
  public CamResult withNotices(List<String> further) {
    Objects.requireNonNull(further, "further");
    List<String> all = new ArrayList<>(notices);
    all.addAll(further);
    return new CamResult(layer, classes, pictures, all, timings);
  }
}
