package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.surrogate.LeastSquares;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Explanations that tell how far they are. */
@Timeout(60)
class EventStreamTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private record Event(String name, JsonNode data) {}

  @Test
  void shouldTellHowFarItIsAndEndWithTheExplanation() throws Exception {
    try (RunningService service =
        RunningService.start(TestModels.slow(() -> sleep(30)), RunningService.options())) {
      HttpResponse<String> response = ask(service, TestModels.body(""));
      assertEquals(200, response.statusCode());
      assertEquals(
          "text/event-stream", response.headers().firstValue("content-type").orElseThrow());
      List<Event> events = events(response.body());
      assertTrue(events.size() >= 3, response.body());
      long before = 0;
      for (Event event : events.subList(0, events.size() - 1)) {
        assertEquals("progress", event.name());
        assertEquals(0, event.data().path("instance").asInt(-1));
        assertEquals(41, event.data().path("total").asLong());
        assertTrue(event.data().path("done").asLong() > before);
        before = event.data().path("done").asLong();
      }
      assertEquals(41, before);
      assertEquals("explanation", events.getLast().name());
      assertEquals(1, events.getLast().data().path("explanations").size());
    }
  }

  @Test
  void shouldTellTheLargestStandardErrorWhereAStopRuleLooks() throws Exception {
    ExplainOptions stopping =
        TestModels.OPTIONS.withSurrogate(LeastSquares.defaults()).withSamples(400).withStop(1e-6);
    AtomicInteger passes = new AtomicInteger();
    // One picture takes so long that somebody is told of those before it, when the rule has not
    // looked.
    Explainer explainer = TestModels.slow(() -> sleep(passes.incrementAndGet() == 10 ? 1000 : 4));
    ServedModel model = new ServedModel("halves", explainer, OptionReader.fixed(stopping));
    try (RunningService service =
        RunningService.start(model, RunningService.options(), Duration.ofSeconds(2))) {
      List<Event> events = events(ask(service, TestModels.body("")).body());
      assertTrue(events.stream().noneMatch(event -> event.name().equals("error")));
      assertTrue(events.getFirst().data().path("standard_error").isMissingNode());
      JsonNode last = events.get(events.size() - 2).data().path("standard_error");
      assertTrue(last.isNumber() && last.asDouble() >= 0, events.toString());
    }
  }

  @Test
  void shouldEndWithAnErrorWhereThereIsNoExplanation() throws Exception {
    try (RunningService service =
        RunningService.start(TestModels.slow(() -> sleep(100)), RunningService.options())) {
      List<Event> late =
          events(ask(service, TestModels.body(",\"parameters\":{\"timeout_ms\":400}")).body());
      assertEquals("error", late.getLast().name());
      assertEquals(504, late.getLast().data().path("status").asInt());
      List<Event> wrong = events(ask(service, "{\"instances\":[{\"b64\":\"AAAA\"}]}").body());
      assertEquals("error", wrong.getLast().name());
      assertEquals(400, wrong.getLast().data().path("status").asInt());
      assertTrue(wrong.getLast().data().path("error").asText().startsWith("instances[0]: "));
    }
  }

  @Test
  void shouldRefuseABrokenRequestByItsStatus() throws Exception {
    try (RunningService service = RunningService.start()) {
      assertEquals(400, ask(service, "{").statusCode());
    }
  }

  @Test
  void shouldStopTheWorkOfWhoListensNoMore() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    try (RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  scored.incrementAndGet();
                  sleep(25);
                }),
            RunningService.options())) {
      RawClient client = new RawClient(service.port());
      String body = TestModels.body("");
      client.write(
          RawClient.head(EXPLAIN, "Content-Length: " + body.length(), "Accept: text/event-stream")
              + body);
      String beginning = client.readUntil("event: progress");
      assertTrue(beginning.startsWith("HTTP/1.1 200 "), beginning);
      long gone = System.nanoTime();
      client.close();
      while (service.server().service().running() > 0) {
        Thread.sleep(10);
      }
      assertTrue((System.nanoTime() - gone) / 1e9 < 0.9);
      assertTrue(scored.get() < 41, "scored " + scored.get());
    }
  }

  private static HttpResponse<String> ask(RunningService service, String body) throws Exception {
    return service.send(
        service
            .request(EXPLAIN)
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static List<Event> events(String stream) throws Exception {
    List<Event> events = new ArrayList<>();
    List<String> lines = stream.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("event: ")) {
        events.add(
            new Event(
                lines.get(i).substring("event: ".length()),
                MAPPER.readTree(lines.get(i + 1).substring("data: ".length()))));
      }
    }
    return events;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
