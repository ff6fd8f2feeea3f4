package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.remote.PredictorOptions;
import dev.quicklime.serve.remote.PredictorProtocol;
import dev.quicklime.serve.remote.RemoteModel;
import dev.quicklime.serve.remote.TensorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that explains the model of another service. */
@Timeout(60)
class RemoteServiceTest {

  private static final Labels LABELS = Labels.of(List.of("red", "green", "blue"));

  /** What the other calls a probability is here the raw score. */
  private static final ExplainOptions SCORES = TestModels.OPTIONS.withTarget(Target.LOGIT);

  private static final Preprocessing TINY = Preprocessing.imageNet().withSize(16, 16);

  private static RunningService start(RemoteModel model, Duration grace) {
    return RunningService.start(
        new ServedModel(
            "halves",
            Explainer.of(model, LABELS),
            parameters -> OptionReader.fixed(SCORES).read(parameters),
            model),
        RunningService.options(),
        grace);
  }

  private static void shouldExplainAsTheOtherOneDoes(PredictorOptions options, String runtime)
      throws Exception {
    try (RunningService service =
        start(RemoteModel.seek(options, TINY, 5, _ -> {}), Duration.ofSeconds(2))) {
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
      assertEquals(runtime, got.path("provenance").path("runtime").asText());
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
  void shouldBecomeReadyWhenThePredictorIsAndWorkAgainWhenItIsBack() throws Exception {
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
      try (QuicklimeServer there = predictor(port)) {
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
      try (QuicklimeServer again = predictor(port)) {
        assertEquals(port, again.port());
        assertEquals(
            200, service.post("/v1/models/halves:explain", TestModels.body("")).statusCode());
      }
    }
  }

  private static QuicklimeServer predictor(int port) {
    return QuicklimeServer.start(
        QuicklimeService.of(
            List.of(TestModels.served("halves", TestModels.halves())), RunningService.options()),
        RunningService.options(),
        new ServerOptions("127.0.0.1", port, null, null, Duration.ZERO));
  }

  /** What a predictor of V1 does with pictures. */
  @FunctionalInterface
  private interface Scoring {
    void answer(HttpExchange exchange) throws Exception;
  }

  private static HttpServer predictor(Scoring scoring) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/models/halves",
        exchange -> {
          try (exchange) {
            boolean question = exchange.getRequestMethod().equals("GET");
            byte[] _ = exchange.getRequestBody().readAllBytes();
            if (question) {
              exchange.sendResponseHeaders(405, -1);
            } else {
              scoring.answer(exchange);
            }
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
    return server;
  }

  private static RunningService before(HttpServer predictor, Duration timeout) throws Exception {
    PredictorOptions options =
        PredictorOptions.of("127.0.0.1:" + predictor.getAddress().getPort(), false, "halves")
            .withTries(timeout, 1);
    RemoteModel model = RemoteModel.seek(options, TINY, 4, _ -> {});
    assertTrue(model.await(Duration.ofSeconds(20)));
    return start(model, Duration.ofSeconds(2));
  }

  @Test
  void shouldTellAFailureOfThePredictorFromItsOwn() throws Exception {
    HttpServer predictor =
        predictor(
            exchange -> {
              byte[] said = "out of memory".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(500, said.length);
              exchange.getResponseBody().write(said);
            });
    try (RunningService service = before(predictor, Duration.ofSeconds(30))) {
      for (String route : List.of(":explain", ":predict")) {
        HttpResponse<String> failed =
            service.post("/v1/models/halves" + route, TestModels.body(""));
        assertEquals(502, failed.statusCode(), failed.body());
        assertEquals("the predictor answered 500: out of memory", RunningService.error(failed));
      }
      HttpResponse<String> events =
          service.send(
              service
                  .request("/v1/models/halves:explain")
                  .header("Accept", "text/event-stream")
                  .POST(HttpRequest.BodyPublishers.ofString(TestModels.body(""))));
      assertTrue(events.body().contains("event: error"), events.body());
      assertTrue(events.body().contains("\"status\":502"), events.body());
    } finally {
      predictor.stop(0);
    }
  }

  @Test
  void shouldEndWhatThePredictorIsAskedWhenTheTimeIsOver() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    HttpServer predictor =
        predictor(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              came.countDown();
              try {
                while (true) {
                  exchange.getResponseBody().write(' ');
                  exchange.getResponseBody().flush();
                  Thread.sleep(20);
                }
              } catch (IOException e) {
                gone.countDown();
              }
            });
    try (RunningService service = before(predictor, Duration.ofSeconds(30))) {
      do {
        // The first time may be over before the predictor is asked at all.
        HttpResponse<String> late =
            service.post(
                "/v1/models/halves:explain",
                TestModels.body(",\"parameters\":{\"timeout_ms\":500}"));
        assertEquals(504, late.statusCode(), late.body());
      } while (came.getCount() > 0);
      assertTrue(gone.await(5, TimeUnit.SECONDS));
      while (service.server().service().running() > 0) {
        Thread.sleep(5);
      }
    } finally {
      predictor.stop(0);
    }
  }

  @Test
  void shouldAnswer504ForAPredictorThatIsLate() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer predictor =
        predictor(
            exchange -> {
              boolean _ = end.await(60, TimeUnit.SECONDS);
            });
    try (RunningService service = before(predictor, Duration.ofMillis(300))) {
      HttpResponse<String> late = service.post("/v1/models/halves:explain", TestModels.body(""));
      assertEquals(504, late.statusCode(), late.body());
      assertEquals("the predictor did not answer within 300 ms", RunningService.error(late));
    } finally {
      end.countDown();
      predictor.stop(0);
    }
  }
}
