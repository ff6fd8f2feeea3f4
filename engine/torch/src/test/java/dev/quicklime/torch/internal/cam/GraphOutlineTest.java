package dev.quicklime.torch.internal.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.torch.internal.cam.GraphOutline.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphOutlineTest {

  private static GraphStep step(String kind, String module, long id, long... inputs) {
    Set<Long> taken = Arrays.stream(inputs).boxed().collect(Collectors.toSet());
    boolean tensor = !kind.equals("aten::size");
    return new GraphStep(
        kind,
        module.isEmpty() ? List.of() : List.of(module.split("/", -1)),
        taken,
        List.of(new GraphStep.Value(id, "v" + id, tensor, tensor)));
  }

  /** A residual block whose last step's size is asked for as well, and a head. */
  private static final GraphOutline RESIDUAL =
      new GraphOutline(
          List.of(
              step("aten::conv2d", "stem", 1, 0),
              step("aten::conv2d", "body/0/conv", 2, 1),
              step("aten::relu", "body/0", 3, 2),
              step("aten::add", "body", 4, 3, 1),
              step("aten::conv2d", "aside", 5, 4),
              step("aten::size", "", 6, 1),
              step("aten::mean", "", 7, 4),
              step("aten::view", "", 8, 7, 6)),
          0,
          8);

  @Test
  void shouldFindWhatLiesBetweenPicturesAndScores() {
    assertEquals(
        List.of("v1", "v2", "v3", "v4", "v7", "v8"),
        RESIDUAL.between().stream().map(place -> RESIDUAL.value(place).name()).toList());
  }

  @Test
  void shouldTellThroughWhatEverythingGoes() {
    assertTrue(RESIDUAL.isBottleneck(new Place(0, 0)));
    assertFalse(RESIDUAL.isBottleneck(new Place(1, 0)));
    assertFalse(RESIDUAL.isBottleneck(new Place(2, 0)));
    // The size that is read of the stem carries nothing past it.
    assertTrue(RESIDUAL.isBottleneck(new Place(3, 0)));
    assertTrue(RESIDUAL.isBottleneck(new Place(6, 0)));
  }

  @Test
  void shouldFindValuesByNameAndByTheModuleThatHandsThemOut() {
    assertEquals(new Place(3, 0), RESIDUAL.find("v4"));
    assertEquals(new Place(3, 0), RESIDUAL.find("body"));
    assertEquals(new Place(2, 0), RESIDUAL.find("body.0"));
    assertEquals(new Place(1, 0), RESIDUAL.find("body.0.conv"));
    assertNull(RESIDUAL.find("bod"));
    assertNull(RESIDUAL.find("v6"));
    // Nobody takes what it computes.
    assertNull(RESIDUAL.find("aside"));
    assertEquals("body", RESIDUAL.handedOutBy(new Place(3, 0)));
    assertEquals("body.0.conv", RESIDUAL.handedOutBy(new Place(1, 0)));
    assertNull(RESIDUAL.handedOutBy(new Place(6, 0)));
  }

  @Test
  void shouldPreferTheLastBottleneckBeforeAnythingIsPooled() {
    long[] maps = {1, 4, 6, 6};
    Map<Long, long[]> shapes =
        Map.of(1L, maps, 2L, maps, 3L, maps, 4L, maps, 7L, new long[] {1, 4, 6, 1});
    LayerSearch search = new LayerSearch(RESIDUAL, shapes, new long[] {1, 3, 12, 12});
    List<CandidateLayer> layers = search.layers();
    assertEquals(List.of("v1", "v2", "v3", "v4", "v7"), names(layers));
    assertEquals(List.of("v4", "v1"), names(LayerSearch.byMerit(layers, RESIDUAL)));
  }

  private static List<String> names(List<CandidateLayer> layers) {
    return layers.stream().map(CandidateLayer::name).toList();
  }
}
