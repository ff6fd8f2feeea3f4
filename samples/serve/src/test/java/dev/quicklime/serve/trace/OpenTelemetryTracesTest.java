package dev.quicklime.serve.trace;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a collector gets. */
@Timeout(60)
class OpenTelemetryTracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private static TracedRequest request(int status) {
    long now = System.nanoTime();
    Part forward = Part.of("forward", now - 800, now - 300);
    Part explain =
        new Part(
            "explain",
            now - 900,
            now - 200,
            Map.of("quicklime.samples", 40L, "quicklime.classes", 3L),
            List.of(forward));
    return new TracedRequest(
        "POST",
        "/v1/models/{model}:explain",
        "/v1/models/cats:explain",
        false,
        "127.0.0.1",
        status,
        status == 200 ? "" : "it failed",
        name -> name.equals("traceparent") ? "00-" + TRACE + "-" + SPAN + "-01" : "",
        new Part(
            "request",
            now - 1000,
            now,
            Map.of("quicklime.model", "cats"),
            List.of(Part.of("queue", now - 1000, now - 900), explain)));
  }

  /** A collector that answers with a status, and what it got. */
  private record Collector(HttpServer server, BlockingQueue<byte[]> bodies)
      implements AutoCloseable {

    static Collector start(int status) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
      server.createContext(
          "/v1/traces",
          exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String token = exchange.getRequestHeaders().getFirst("x-token");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            bodies.add(token == null ? new byte[0] : body);
          });
      server.start();
      return new Collector(server, bodies);
    }

    Map<String, String> properties() {
      return Map.of(
          "otel.exporter.otlp.endpoint",
          "http://127.0.0.1:" + server.getAddress().getPort(),
          "otel.exporter.otlp.headers",
          "x-token=abc",
          "otel.service.name",
          "explainer-of-cats");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void shouldSendARequestWithItsPartsAndContinueTheClientsTrace() throws Exception {
    try (Collector collector = Collector.start(200)) {
      try (Traces traces = new OpenTelemetryTraces(collector.properties())) {
        traces.answered(request(200));
      }
      byte[] got = requireNonNull(collector.bodies().poll(20, TimeUnit.SECONDS));
      String text = new String(got, StandardCharsets.ISO_8859_1);
      for (String word :
          List.of(
              "explainer-of-cats",
              "POST /v1/models/{model}:explain",
              "/v1/models/cats:explain",
              "http.response.status_code",
              "quicklime.model",
              "quicklime.samples",
              "quicklime.classes",
              "queue",
              "explain",
              "forward")) {
        assertTrue(text.contains(word), word + " is missing");
      }
      String hex = HexFormat.of().formatHex(got);
      // Each of four spans has the client's trace, and one its span.
      assertEquals(4, hex.split(TRACE, -1).length - 1);
      assertEquals(1, hex.split(SPAN, -1).length - 1);
    }
  }

  @Test
  void shouldLeaveOutWhatTheSamplerLeavesOut() throws Exception {
    try (Collector collector = Collector.start(200)) {
      Map<String, String> properties = new HashMap<>(collector.properties());
      properties.put("otel.traces.sampler", "always_off");
      try (Traces traces = new OpenTelemetryTraces(properties)) {
        traces.answered(request(200));
      }
      assertEquals(0, collector.bodies().size());
    }
  }

  @Test
  void shouldSayOnceThatNobodyTakesThem() throws Exception {
    List<LogRecord> said = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            said.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ToldOnce.class.getName());
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (Collector collector = Collector.start(400)) {
      Map<String, String> properties = new HashMap<>(collector.properties());
      properties.put("otel.bsp.schedule.delay", "50");
      try (Traces traces = new OpenTelemetryTraces(properties)) {
        for (int i = 0; i < 3; i++) {
          traces.answered(request(500));
          assertTrue(collector.bodies().poll(20, TimeUnit.SECONDS) != null);
        }
      }
      assertEquals(1, said.size(), said.stream().map(LogRecord::getMessage).toList().toString());
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void shouldRefuseValuesThatTheSdkRefuses() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                new OpenTelemetryTraces(Map.of("otel.exporter.otlp.endpoint", "no address"))
                    .close());
    assertTrue(String.valueOf(e.getMessage()).contains("OTEL_"), e.getMessage());
  }
}
