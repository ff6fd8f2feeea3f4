package dev.quicklime.serve.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import dev.quicklime.serve.model.ModelTable;
import dev.quicklime.serve.trace.Part;
import dev.quicklime.serve.trace.TracedRequest;
import dev.quicklime.serve.trace.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is traced of requests. */
@Timeout(60)
class TracesTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";

  /** Keeps what it hears. */
  private static final class Heard implements Traces {
    private final BlockingQueue<TracedRequest> all = new LinkedBlockingQueue<>();
    private boolean closed;

    @Override
    public void answered(TracedRequest request) {
      all.add(request);
    }

    @Override
    public void close() {
      closed = true;
    }

    private TracedRequest next() throws InterruptedException {
      return requireNonNull(all.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldTellTheWaitAndTheStagesOfAnExplanation() throws Exception {
    Heard heard = new Heard();
    QuietLogs.set();
    ServiceOptions options = RunningService.options();
    try (Explainer explainer = TestModels.halves();
        HttpClient client = HttpClient.newHttpClient()) {
      QuicklimeService service =
          QuicklimeService.of(
              ModelTable.of(List.of(TestModels.served("halves", explainer))), options, heard);
      ServerOptions where = new ServerOptions("127.0.0.1", 0, null, null, Duration.ofSeconds(2));
      try (QuicklimeServer server = QuicklimeServer.start(service, options, where)) {
        ask(client, server.port(), EXPLAIN, TestModels.body(""));
        TracedRequest explained = heard.next();
        assertEquals("POST", explained.method());
        assertEquals("/v1/models/{model}:explain", explained.route());
        assertEquals(EXPLAIN, explained.path());
        assertEquals(200, explained.status());
        assertEquals("00-1-2-01", explained.header().of("traceparent"));
        assertEquals("", explained.header().of("tracestate"));
        assertEquals("halves", explained.whole().facts().get("quicklime.model"));
        assertEquals(
            List.of("queue", "explain"),
            explained.whole().parts().stream().map(Part::name).toList());
        Part explain = explained.whole().parts().getLast();
        assertEquals(40L, explain.facts().get("quicklime.samples"));
        assertEquals(3L, explain.facts().get("quicklime.classes"));
        List<String> stages = explain.parts().stream().map(Part::name).toList();
        assertTrue(
            stages.containsAll(List.of("segment", "forward", "fitSurrogate", "figures")),
            stages.toString());
        ordered(explained.whole());

        ask(client, server.port(), EXPLAIN, "{");
        TracedRequest wrong = heard.next();
        assertEquals(400, wrong.status());
        assertTrue(!wrong.problem().isEmpty());
        ask(client, server.port(), "/nowhere/1", "{}");
        assertEquals("", heard.next().route());
        ask(client, server.port(), "/v1/models/halves:predict", TestModels.body(""));
        assertEquals("predict", heard.next().whole().parts().getLast().name());
      }
    }
    assertTrue(heard.closed);
  }

  private static void ordered(Part whole) {
    long at = whole.from();
    for (Part part : whole.parts()) {
      assertTrue(at <= part.from() && part.from() <= part.to() && part.to() <= whole.to());
      at = part.to();
      ordered(part);
    }
  }

  private static void ask(HttpClient client, int port, String path, String body) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("traceparent", "00-1-2-01")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertTrue(!response.body().isEmpty());
  }
}
