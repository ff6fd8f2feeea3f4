package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.report.figure.Show;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.remote.PredictorOptions;
import dev.quicklime.serve.remote.PredictorProtocol;
import dev.quicklime.serve.remote.RemoteModel;
import dev.quicklime.serve.remote.TensorType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that explains the model of another service. */
@Timeout(60)
class RemoteServiceTest {

  private static final Labels LABELS = Labels.of(List.of("red", "green", "blue"));

  /** What the other calls a probability is here the raw score. */
  private static final ExplainOptions SCORES = TestModels.OPTIONS.withTarget(Target.LOGIT);

  private static RunningService start(RemoteModel model, Duration grace) {
    return RunningService.start(
        new ServedModel(
            "halves",
            Explainer.of(model, LABELS),
            parameters -> new OptionReader.Asked(SCORES, Show.BOTH),
            model),
        RunningService.options(),
        grace);
  }

  private static void shouldExplainAsTheOtherOneDoes(PredictorOptions options, String runtime)
      throws Exception {
    try (RunningService service =
        start(
            RemoteModel.seek(options, Preprocessing.imageNet().withSize(16, 16), 5, _ -> {}),
            Duration.ofSeconds(2))) {
      while (service.get("/v2/health/ready").statusCode() != 200) {
        Thread.sleep(10);
      }
      assertEquals(200, service.get("/v1/models/halves").statusCode());
      assertEquals(200, service.get("/v2/models/halves").statusCode());
      JsonNode mine =
          RunningService.json(service.post("/v1/models/halves:explain", TestModels.body("")));
      JsonNode got = mine.path("explanations").get(0);
      JsonNode expected;
      try (RunningService direct = RunningService.start()) {
        expected =
            RunningService.json(direct.post("/v1/models/halves:explain", TestModels.body("")))
                .path("explanations")
                .get(0);
      }
      assertEquals(runtime, got.path("model").path("runtime").asText(), mine.toString());
      assertTrue(expected.path("classes").size() > 0);
      for (JsonNode own : expected.path("classes")) {
        JsonNode other = null;
        for (JsonNode one : got.path("classes")) {
          other = one.path("index").equals(own.path("index")) ? one : other;
        }
        assertTrue(other != null, got.toString());
        assertEquals(own.path("label"), other.path("label"));
        assertEquals(own.path("probability").asDouble(), other.path("score").asDouble(), 1e-6);
        assertEquals(4, own.path("coefficients").size());
        for (int j = 0; j < 4; j++) {
          assertEquals(
              own.path("coefficients").get(j).asDouble(),
              other.path("coefficients").get(j).asDouble(),
              1e-5);
        }
      }
      HttpResponse<String> predicted =
          service.post("/v1/models/halves:predict", TestModels.body(""));
      assertEquals(200, predicted.statusCode(), predicted.body());
      assertEquals(
          3, RunningService.json(predicted).path("predictions").get(0).size(), predicted.body());
    }
  }

  private static PredictorOptions options(RunningService predictor) {
    return PredictorOptions.of("127.0.0.1:" + predictor.port(), false, "halves");
  }

  @Test
  void shouldExplainTheModelOfAnotherServiceByV2() throws Exception {
    try (RunningService predictor = RunningService.start()) {
      shouldExplainAsTheOtherOneDoes(
          options(predictor).withProtocol(PredictorProtocol.V2), "predictor of V2");
    }
  }

  @Test
  void shouldExplainTheModelOfAnotherServiceByV1() throws Exception {
    try (RunningService predictor = RunningService.start()) {
      shouldExplainAsTheOtherOneDoes(
          options(predictor).withPictures(Layout.NHWC, TensorType.UINT8), "predictor of V1");
    }
  }

  @Test
  void shouldBecomeReadyWhenThePredictorIs() throws Exception {
    int port;
    try (RunningService gone = RunningService.start()) {
      port = gone.port();
    }
    PredictorOptions options =
        PredictorOptions.of("127.0.0.1:" + port, false, "halves")
            .withProtocol(PredictorProtocol.V2);
    RemoteModel model = RemoteModel.seek(options, Preprocessing.imageNet(), 4, _ -> {});
    try (RunningService service = start(model, Duration.ofSeconds(2))) {
      assertEquals(200, service.get("/v2/health/live").statusCode());
      assertEquals(503, service.get("/v2/health/ready").statusCode());
      assertEquals(503, service.get("/v2/models/halves/ready").statusCode());
      assertEquals(503, service.get("/v2/models/halves").statusCode());
      assertEquals(503, service.get("/v1/models/halves").statusCode());
      HttpResponse<String> refused = service.post("/v1/models/halves:explain", TestModels.body(""));
      assertEquals(503, refused.statusCode());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      assertTrue(refused.body().contains("waiting for the predictor"), refused.body());
      try (QuicklimeServer there =
          QuicklimeServer.start(
              QuicklimeService.of(
                  List.of(TestModels.served("halves", TestModels.halves())),
                  RunningService.options()),
              RunningService.options(),
              new ServerOptions("127.0.0.1", port, null, null, Duration.ZERO))) {
        assertEquals(port, there.port());
        assertTrue(model.await(Duration.ofSeconds(20)));
        assertEquals(200, service.get("/v2/health/ready").statusCode());
        assertEquals(
            200, service.post("/v1/models/halves:explain", TestModels.body("")).statusCode());
      }
      HttpResponse<String> failed = service.post("/v1/models/halves:explain", TestModels.body(""));
      assertEquals(502, failed.statusCode());
      assertEquals(
          "the predictor could not be asked: nobody listens there", RunningService.error(failed));
    }
  }
}
