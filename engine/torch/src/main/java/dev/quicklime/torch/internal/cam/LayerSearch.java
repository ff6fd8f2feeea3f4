package dev.quicklime.torch.internal.cam;

import dev.quicklime.internal.cam.MapShape;
import dev.quicklime.torch.internal.cam.GraphOutline.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a computation can be attributed to.
 *
 * @param outline the computation
 * @param shapes of its tensors for some pictures, by their ids
 * @param input of the pictures: batch, channels, (frames,) height, width
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one search.
record LayerSearch(GraphOutline outline, Map<Long, long[]> shapes, long[] input) {

  private static final Set<String> RESHAPES =
      Set.of("aten::flatten", "aten::view", "aten::reshape", "aten::unflatten");

  private static final Set<String> AVERAGES =
      Set.of("aten::mean", "aten::sum", "aten::amax", "aten::max", "aten::logsumexp");

  /** Every value between pictures and scores that has places, in the order of computation. */
  List<CandidateLayer> layers() {
    List<CandidateLayer> layers = new ArrayList<>();
    long[] grid = null;
    boolean tokens = false;
    for (Place place : outline.between()) {
      long[] shape = shape(place);
      MapShape maps = shape == null ? null : shape(place, shape, grid);
      if (maps == null || (tokens && maps.order() != MapShape.Order.TOKENS && !of(grid, maps))) {
        // Between tokens, whatever else has four dimensions is attention, head by head.
        continue;
      }
      if (outline.isBottleneck(place)) {
        tokens = maps.order() == MapShape.Order.TOKENS;
        grid = new long[] {maps.height(), maps.width()};
      }
      layers.add(
          new CandidateLayer(
              place,
              outline.value(place).name(),
              outline.handedOutBy(place),
              outline.step(place).kind(),
              maps));
    }
    return layers;
  }

  private static boolean of(long @Nullable [] grid, MapShape maps) {
    return grid != null && grid[0] == maps.height() && grid[1] == maps.width();
  }

  private long @Nullable [] shape(Place place) {
    return shapes.get(outline.value(place).id());
  }

  private @Nullable MapShape shape(Place place, long[] shape, long @Nullable [] grid) {
    MapShape maps = MapShape.of(shape, input, grid);
    // Maps whose rows were put one after the other are no tokens, even where there are as many.
    return maps != null && maps.order() == MapShape.Order.TOKENS && flattens(place, shape)
        ? null
        : maps;
  }

  private boolean flattens(Place place, long[] shape) {
    GraphStep step = outline.step(place);
    return RESHAPES.contains(step.kind())
        && step.inputs().stream()
            .map(shapes::get)
            .anyMatch(
                before ->
                    before != null
                        && before.length == 4
                        && before[1] == shape[1]
                        && before[2] * before[3] == shape[2]);
  }

  /**
   * Which of the layers to take where none is named, the best first: the last one through which
   * everything goes, before anything is averaged over places.
   */
  static List<CandidateLayer> byMerit(List<CandidateLayer> layers, GraphOutline outline) {
    List<CandidateLayer> narrow =
        layers.stream().filter(layer -> outline.isBottleneck(layer.place())).toList();
    List<CandidateLayer> unpooled = unpooled(narrow);
    for (List<CandidateLayer> some : List.of(unpooled, narrow, unpooled(layers), layers)) {
      if (!some.isEmpty()) {
        return some.reversed();
      }
    }
    return List.of();
  }

  private static List<CandidateLayer> unpooled(List<CandidateLayer> layers) {
    return layers.stream()
        .filter(layer -> !layer.kind().contains("_pool") && !AVERAGES.contains(layer.kind()))
        .toList();
  }
}
