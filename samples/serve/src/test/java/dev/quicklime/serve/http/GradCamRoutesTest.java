package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.image.Image;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.run.Timings;
import dev.quicklime.serve.model.GradCamSource;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Grad-CAM beside explanations, where it is asked for. */
@Timeout(60)
class GradCamRoutesTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final String WITH = ",\"parameters\":{\"include\":[\"gradcam\"]}";

  /** Maps of 2 × 2 places, the largest in the upper right corner. */
  private static final class Maps implements CamModel {
    private final List<Integer> best;
    private final List<CamOptions> asked = new ArrayList<>();
    private boolean closed;

    Maps(Integer... best) {
      this.best = List.of(best);
    }

    @Override
    public String device() {
      return "cpu";
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public List<CamLayer> layers(int... input) {
      return List.of();
    }

    @Override
    public CamResult explain(CamInput input, CamOptions options) {
      asked.add(options);
      if (Objects.equals(options.layer(), "none")) {
        throw new InvalidInputException("there is no layer none");
      }
      if (Objects.equals(options.layer(), "blind")) {
        throw new QuicklimeException("the scores do not depend on layer blind");
      }
      List<Integer> classes =
          switch (options.classes()) {
            case ClassChoice.Top(int top) -> best.subList(0, Math.min(top, best.size()));
            case ClassChoice.Listed(List<Integer> indices) -> indices;
          };
      CamLayer layer = new CamLayer("7", "layer4", "relu", 8, 1, 2, 2, false, true);
      List<CamMap> maps =
          classes.stream()
              .map(
                  index ->
                      new CamMap(
                          index,
                          2.5,
                          0.5,
                          layer,
                          new float[] {0, 3, 1, 0},
                          new double[0],
                          List.of()))
              .toList();
      return new CamResult(layer, 3, List.of(maps), List.of(), new Timings.Clock().total());
    }

    @Override
    public double[][] scores(CamInput input) {
      return new double[input.count()][3];
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static RunningService start(Supplier<CamModel> loader, ServiceOptions options) {
    return RunningService.start(
        TestModels.served("halves", TestModels.halves()).withGradCam(GradCamSource.of(loader)),
        options,
        Duration.ofSeconds(2));
  }

  @Test
  void shouldMapEachExplainedClass() throws Exception {
    Maps maps = new Maps(0, 1, 2);
    try (RunningService service = start(() -> maps, RunningService.options())) {
      HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(WITH));
      assertEquals(200, response.statusCode(), response.body());
      JsonNode answer = RunningService.json(response).path("explanations").get(0);
      assertTrue(answer.path("classes").size() >= 2);
      assertEquals("fp32", answer.at("/gradcam/precision").asText());
      assertEquals(1, maps.asked.size());
      for (JsonNode one : answer.path("classes")) {
        JsonNode map = one.path("gradcam");
        assertEquals(one.path("index"), map.path("index"));
        assertEquals(one.path("label"), map.path("label"));
        assertEquals(3, map.at("/map/max").asDouble());
        assertEquals(1, map.at("/map/peak/column").asInt());
        assertEquals(12, map.at("/map/peak/x").asDouble());
        Image overlay = Image.decode(Base64.getDecoder().decode(map.path("overlay").asText()));
        assertEquals(TestModels.SIDE, overlay.width());
        assertEquals(TestModels.SIDE, overlay.height());
        assertTrue(overlay.value(12, 2, 0) > overlay.value(12, 2, 2), "orange at the peak");
      }
      assertEquals("layer4", answer.at("/gradcam/layer/name").asText());
      assertEquals("logit", answer.at("/gradcam/options/target").asText());
      assertTrue(answer.at("/gradcam/timings").has("backward"));
    }
  }

  @Test
  void shouldMapTheClassesThatWereExplainedWhereItsOwnBestAreOthers() throws Exception {
    Maps maps = new Maps(1, 0, 2);
    try (RunningService service = start(() -> maps, RunningService.options())) {
      JsonNode answer =
          RunningService.json(service.post(EXPLAIN, TestModels.body(WITH)))
              .path("explanations")
              .get(0);
      List<Integer> explained =
          IntStream.range(0, answer.path("classes").size())
              .map(c -> answer.path("classes").get(c).path("index").asInt())
              .boxed()
              .toList();
      assertEquals(2, maps.asked.size());
      assertEquals(new ClassChoice.Listed(explained), maps.asked.getLast().classes());
      assertEquals(explained.getFirst(), answer.at("/classes/0/gradcam/index").asInt());
    }
  }

  @Test
  void shouldLoadOnceAndOnlyForWhoAsks() throws Exception {
    List<Maps> loaded = new ArrayList<>();
    Supplier<CamModel> loader =
        () -> {
          loaded.add(new Maps(0, 1, 2));
          return loaded.getLast();
        };
    try (RunningService service = start(loader, RunningService.options())) {
      JsonNode plain =
          RunningService.json(service.post(EXPLAIN, TestModels.body(""))).at("/explanations/0");
      assertFalse(plain.has("gradcam"));
      assertFalse(plain.at("/classes/0").has("gradcam"));
      assertEquals(0, loaded.size());
      assertEquals(200, service.post(EXPLAIN, TestModels.body(WITH)).statusCode());
      assertEquals(200, service.post(EXPLAIN, TestModels.body(WITH)).statusCode());
      assertEquals(1, loaded.size());
      assertFalse(loaded.getFirst().closed);
    }
    assertTrue(loaded.getFirst().closed);
  }

  @Test
  void shouldKeepAnswersOfDifferentLayersApart() throws Exception {
    Maps maps = new Maps(0, 1, 2);
    try (RunningService service =
        start(() -> maps, RunningService.options().withKept(16, 1 << 22))) {
      String layer = ",\"parameters\":{\"include\":[\"gradcam\",\"heatmap\"],\"layer\":\"%s\"}";
      String first = service.post(EXPLAIN, TestModels.body(layer.formatted("layer1"))).body();
      assertEquals(first, service.post(EXPLAIN, TestModels.body(layer.formatted("layer1"))).body());
      assertEquals(1, maps.asked.size());
      service.post(EXPLAIN, TestModels.body(layer.formatted("layer2")));
      assertEquals("layer2", maps.asked.getLast().layer());
      assertTrue(
          service.get("/metrics").body().contains("quicklime_cache_refits 1"), "no new samples");
    }
  }

  @Test
  void shouldRefuseWhatCannotBeMapped() throws Exception {
    int[] loads = {0};
    Supplier<CamModel> loader =
        () -> {
          loads[0]++;
          throw new QuicklimeException("a package of compiled code has no gradients");
        };
    try (RunningService service = start(loader, RunningService.options())) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(WITH));
        assertEquals(400, response.statusCode());
        assertEquals(
            "parameters.include cannot have gradcam: a package of compiled code has no gradients",
            RunningService.error(response));
      }
      assertEquals(1, loads[0]);
    }
    Maps maps = new Maps(0, 1, 2);
    try (RunningService service = start(() -> maps, RunningService.options())) {
      String layer = ",\"parameters\":{\"include\":[\"gradcam\"],\"layer\":\"%s\"}";
      HttpResponse<String> none = service.post(EXPLAIN, TestModels.body(layer.formatted("none")));
      assertEquals(400, none.statusCode());
      assertEquals("there is no layer none", RunningService.error(none));
      HttpResponse<String> blind = service.post(EXPLAIN, TestModels.body(layer.formatted("blind")));
      assertEquals(400, blind.statusCode());
      assertTrue(RunningService.error(blind).endsWith("depend on layer blind"));
    }
    try (RunningService service = RunningService.start()) {
      HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(WITH));
      assertEquals(400, response.statusCode());
      assertTrue(RunningService.error(response).contains("without gradients"));
    }
  }
}
