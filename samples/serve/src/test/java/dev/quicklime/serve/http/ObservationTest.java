package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.Explanation;
import dev.quicklime.files.ExplanationJson;
import dev.quicklime.report.figure.Show;
import dev.quicklime.run.Progress;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a service tells of its work, and what it keeps of it. */
class ObservationTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";

  @Test
  void shouldCountForPrometheus() throws Exception {
    try (RunningService service = RunningService.start()) {
      service.post(EXPLAIN, TestModels.body(""));
      service.post(EXPLAIN, TestModels.body(""));
      service.post("/v1/models/halves:predict", TestModels.body(""));
      service.post(EXPLAIN, "{");
      HttpResponse<String> response = service.get("/metrics");
      assertTrue(
          response
              .headers()
              .firstValue("content-type")
              .orElseThrow()
              .startsWith("text/plain; version=0.0.4"));
      List<String> lines = response.body().lines().toList();
      for (String line :
          new String[] {
            "# TYPE request_explain_seconds histogram",
            "# TYPE quicklime_forward_seconds_total counter",
            "request_explain_seconds_count{model_name=\"halves\"} 2",
            "request_explain_seconds_bucket{model_name=\"halves\",le=\"+Inf\"} 2",
            "request_predict_seconds_count{model_name=\"halves\"} 1",
            "quicklime_queue_wait_seconds_count 3",
            "quicklime_samples_total 82",
            "quicklime_refused_total{status=\"400\"} 1",
            "quicklime_queue_length 0.0",
          }) {
        assertTrue(lines.contains(line), line + " is missing in\n" + response.body());
      }
      for (String line : lines) {
        assertTrue(
            line.matches(
                "# (HELP|TYPE) [a-z_]+ .*|[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,le=\"[^\"]*\")?\\})?"
                    + " [0-9.E+-]+|[a-z_]+ NaN"),
            line);
      }
    }
  }

  @Test
  void shouldLogEachRequestInJson() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    ServiceOptions options = RunningService.options().withAccessLog(log::add);
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      service.post(EXPLAIN, TestModels.body(""));
      service.post(EXPLAIN, "{");
      service.get("/nothing");
    }
    assertEquals(3, log.size());
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode first = mapper.readTree(log.get(0));
    assertEquals("POST", first.path("method").asText());
    assertEquals(EXPLAIN, first.path("path").asText());
    assertEquals(200, first.path("status").asInt());
    assertEquals("halves", first.path("model").asText());
    assertEquals("127.0.0.1", first.path("client").asText());
    assertTrue(first.path("bytes").asLong() > 100);
    assertTrue(first.path("seconds").asDouble() > 0);
    JsonNode second = mapper.readTree(log.get(1));
    assertEquals(400, second.path("status").asInt());
    assertTrue(second.path("error").asText().startsWith("the body must be JSON"));
    assertEquals(404, mapper.readTree(log.get(2)).path("status").asInt());
  }

  @Test
  void shouldAnswerTheSameAgainWithoutTheModel() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    try (RunningService service =
        RunningService.start(
            TestModels.slow(scored::incrementAndGet),
            RunningService.options().withKept(10, 1 << 20))) {
      String first = service.post(EXPLAIN, TestModels.body("")).body();
      int once = scored.get();
      assertEquals(first, service.post(EXPLAIN, TestModels.body("")).body());
      assertEquals(once, scored.get());
      String more = ",\"parameters\":{\"include\":[\"labels\"]}";
      assertTrue(service.post(EXPLAIN, TestModels.body(more)).body().contains("\"labels\":"));
      assertEquals(once, scored.get(), "figures need no samples of their own");
      assertTrue(service.get("/metrics").body().contains("quicklime_cache_hits 1.0"));
    }
  }

  @Test
  void shouldFitAnotherSurrogateWithoutTheModel() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    OptionReader reader =
        parameters ->
            new OptionReader.Asked(
                TestModels.OPTIONS.withSurrogate(
                    parameters.has("ols") ? LeastSquares.defaults() : Ridge.defaults()),
                Show.BOTH);
    ServedModel model = new ServedModel("halves", TestModels.slow(scored::incrementAndGet), reader);
    try (RunningService service =
        RunningService.start(
            model, RunningService.options().withKept(10, 1 << 20), Duration.ofSeconds(2))) {
      service.post(EXPLAIN, TestModels.body(""));
      int once = scored.get();
      JsonNode refit =
          RunningService.json(service.post(EXPLAIN, TestModels.body(",\"parameters\":{\"ols\":1}")))
              .path("explanations")
              .get(0);
      assertEquals(once, scored.get());
      Explanation fresh =
          TestModels.halves()
              .explain(
                  TestModels.picture(),
                  TestModels.OPTIONS.withSurrogate(LeastSquares.defaults()),
                  Progress.none());
      assertEquals(
          JsonMapper.builder()
              .build()
              .readTree(ExplanationJson.toJson("instances[0]", fresh))
              .path("classes"),
          refit.path("classes"));
      assertTrue(service.get("/metrics").body().contains("quicklime_cache_refits 1.0"));
    }
  }
}
