package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service does not take, and how it says so. */
@Timeout(120)
class ServiceLimitsTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";

  @Test
  void shouldRefuseALargeBodyByItsLength() throws Exception {
    ServiceOptions options = RunningService.options().withBody(4096, 4);
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      for (int size : new int[] {4097, 1 << 20, 50 << 20}) {
        HttpResponse<String> response =
            service.send(
                service
                    .request(EXPLAIN)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size])));
        assertEquals(413, response.statusCode());
        assertEquals(
            "the body must have at most 4096 bytes, got more", RunningService.error(response));
      }
      assertEquals(200, service.get("/v1/models").statusCode());
    }
  }

  @Test
  void shouldRefuseALargeBodyInChunks() throws Exception {
    ServiceOptions options = RunningService.options().withBody(4096, 4);
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      byte[] blanks = new byte[300_000];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> response =
            service.send(
                service
                    .request(EXPLAIN)
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(blanks))));
        assertEquals(413, response.statusCode());
        assertEquals(
            "the body must have at most 4096 bytes, got more", RunningService.error(response));
      }
    }
  }

  @Test
  void shouldRefuseAChunkThatIsAnnouncedTooLargeWithoutWaitingForIt() throws Exception {
    ServiceOptions options = RunningService.options().withBody(4096, 4);
    try (RunningService service = RunningService.start(TestModels.halves(), options);
        RawClient client = new RawClient(service.port())) {
      client.write(RawClient.head(EXPLAIN, "Transfer-Encoding: chunked") + "7fffffff\r\n{");
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }
  }

  @Test
  void shouldRefuseMoreInstancesThanItTakes() throws Exception {
    ServiceOptions options = RunningService.options().withBody(1 << 20, 2);
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      String one = "{\"b64\":\"" + TestModels.base64() + "\"}";
      HttpResponse<String> response =
          service.post(EXPLAIN, "{\"instances\":[" + one + "," + one + "," + one + "]}");
      assertEquals(400, response.statusCode());
      assertEquals("instances must have at most 2, got more", RunningService.error(response));
    }
  }

  @Test
  void shouldTellAndCloseWhoDoesNotGoOn() throws Exception {
    ServiceOptions options =
        RunningService.options().withTimes(Duration.ofMinutes(1), Duration.ofMillis(700));
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      String[] beginnings = {
        RawClient.head(EXPLAIN, "Content-Length: 100") + "{\"instan",
        RawClient.head(EXPLAIN, "Transfer-Encoding: chunked") + "8\r\n{\"in",
        "POST " + EXPLAIN + " HTTP/1.1\r\nHost: localhost\r\nContent-Le",
      };
      for (String beginning : beginnings) {
        try (RawClient client = new RawClient(service.port())) {
          long start = System.nanoTime();
          client.write(beginning);
          String answer = client.readAll();
          assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
          assertTrue(
              answer.endsWith("{\"error\":\"the request must arrive within 700 ms\"}"), answer);
          assertTrue(seconds(start) < 5, "took " + seconds(start));
        }
      }
    }
  }

  @Test
  void shouldNotWaitForWhoSendsAByteNowAndThen() throws Exception {
    ServiceOptions options =
        RunningService.options().withTimes(Duration.ofMinutes(1), Duration.ofMillis(700));
    try (RunningService service = RunningService.start(TestModels.halves(), options);
        RawClient client = new RawClient(service.port())) {
      long start = System.nanoTime();
      client.write(RawClient.head(EXPLAIN, "Content-Length: 1000") + "{");
      Thread dripping =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 100; i++) {
                    client.write(" ");
                    Thread.sleep(100);
                  }
                } catch (java.io.IOException | InterruptedException e) {
                  // Cut off, as it should be.
                  Thread.currentThread().interrupt();
                }
              });
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
      assertTrue(seconds(start) < 5, "took " + seconds(start));
      dripping.interrupt();
    }
  }

  @Test
  void shouldCloseWhoSaysNothing() throws Exception {
    ServiceOptions options =
        RunningService.options().withTimes(Duration.ofMinutes(1), Duration.ofMillis(500));
    try (RunningService service = RunningService.start(TestModels.halves(), options);
        RawClient client = new RawClient(service.port());
        RawClient half = new RawClient(service.port())) {
      half.write("PO");
      long start = System.nanoTime();
      assertEquals("", client.readAll().replace(" RESET", ""));
      String _ = half.readAll();
      assertTrue(seconds(start) < 10, "took " + seconds(start));
    }
  }

  @Test
  void shouldGiveUpAtTheDeadlineOfARequest() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    try (RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  scored.incrementAndGet();
                  sleep(100);
                }),
            RunningService.options())) {
      long start = System.nanoTime();
      HttpResponse<String> response =
          service.post(EXPLAIN, TestModels.body(",\"parameters\":{\"timeout_ms\":300}"));
      assertEquals(504, response.statusCode());
      assertEquals("the answer was not ready within 300 ms", RunningService.error(response));
      assertTrue(seconds(start) < 3, "took " + seconds(start));
      Thread.sleep(1000);
      int then = scored.get();
      Thread.sleep(500);
      assertEquals(then, scored.get(), "goes on after its deadline");
    }
  }

  @Test
  void shouldRefuseWhatItHasNoRoomForAndAnswerEverythingElse() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (RunningService service =
        RunningService.start(
            TestModels.slow(() -> await(gate)), RunningService.options().withWork(1, 2))) {
      List<CompletableFuture<HttpResponse<String>>> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        taken.add(service.postAsync(EXPLAIN, TestModels.body("")));
      }
      awaitAdmitted(service, 3);
      for (int i = 0; i < 30; i++) {
        HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(""));
        assertEquals(429, response.statusCode());
        assertTrue(
            Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow()) >= 1);
        assertTrue(RunningService.error(response).startsWith("3 requests are waiting or at work"));
      }
      assertEquals(200, service.get("/v2/health/ready").statusCode());
      assertTrue(
          service.get("/metrics").body().contains("quicklime_refused_total{status=\"429\"} 30"));
      gate.countDown();
      for (CompletableFuture<HttpResponse<String>> one : taken) {
        assertEquals(200, one.get(20, TimeUnit.SECONDS).statusCode());
      }
    }
  }

  @Test
  void shouldRefuseBeforeTheBodyComes() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (RunningService service =
            RunningService.start(
                TestModels.slow(() -> await(gate)), RunningService.options().withWork(1, 0));
        RawClient client = new RawClient(service.port())) {
      CompletableFuture<HttpResponse<String>> first =
          service.postAsync(EXPLAIN, TestModels.body(""));
      awaitAdmitted(service, 1);
      client.write(RawClient.head(EXPLAIN, "Content-Length: 1000000"));
      String answer = client.readUntil("\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
      gate.countDown();
      assertEquals(200, first.get(20, TimeUnit.SECONDS).statusCode());
    }
  }

  @Test
  void shouldStopTheWorkOfWhoIsGone() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    try (RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  scored.incrementAndGet();
                  sleep(25);
                }),
            RunningService.options())) {
      for (boolean rude : new boolean[] {false, true}) {
        scored.set(0);
        RawClient client = new RawClient(service.port());
        client.post(EXPLAIN, TestModels.body(""));
        while (scored.get() < 12) {
          Thread.sleep(10);
        }
        long gone = System.nanoTime();
        if (rude) {
          client.abort();
        } else {
          client.close();
        }
        while (service.server().service().running() > 0) {
          Thread.sleep(10);
        }
        assertTrue(seconds(gone) < 0.9, "took " + seconds(gone));
        assertTrue(scored.get() < 41, "scored " + scored.get());
      }
    }
  }

  @Test
  void shouldAnswerEachOfManyOnOneConnection() throws Exception {
    try (RunningService service =
            RunningService.start(TestModels.slow(() -> sleep(8)), RunningService.options());
        RawClient client = new RawClient(service.port())) {
      // More than 200 ms each: the connection is watched, and closed after its answer.
      client.post(EXPLAIN, TestModels.body(""));
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), answer);
      for (int i = 0; i < 4; i++) {
        assertEquals(200, service.post(EXPLAIN, TestModels.body("")).statusCode());
      }
    }
  }

  @Test
  void shouldSayThatTheModelFailed() throws Exception {
    try (RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  throw new QuicklimeException("no scores today\nnor tomorrow");
                }),
            RunningService.options())) {
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> response = service.post(EXPLAIN, TestModels.body(""));
        assertEquals(500, response.statusCode());
        assertEquals("no scores today", RunningService.error(response));
      }
      assertEquals(200, service.get("/v2/health/ready").statusCode());
    }
  }

  @Test
  void shouldAskForItsToken() throws Exception {
    ServiceOptions options =
        RunningService.options()
            .withTokens(BearerTokens.of(List.of("first-token", "second-token")));
    try (RunningService service = RunningService.start(TestModels.halves(), options)) {
      for (String path :
          new String[] {"/v1/models", "/v1/models/halves", "/metrics", "/v2/models/halves"}) {
        HttpResponse<String> response = service.get(path);
        assertEquals(401, response.statusCode(), path);
        assertEquals("Bearer", response.headers().firstValue("www-authenticate").orElseThrow());
      }
      assertEquals(401, service.post(EXPLAIN, TestModels.body("")).statusCode());
      for (String wrong :
          new String[] {
            "Bearer",
            "Bearer ",
            "Bearer first-toke",
            "Bearer first-token2",
            "Basic first-token",
            "first-token"
          }) {
        assertEquals(
            401,
            service.send(service.request("/v1/models").header("Authorization", wrong)).statusCode(),
            wrong);
      }
      for (String right : new String[] {"Bearer first-token", "bearer second-token"}) {
        assertEquals(
            200,
            service
                .send(service.request("/v1/models").header("Authorization", right))
                .statusCode());
      }
      assertEquals(200, service.get("/v2/health/live").statusCode());
      assertEquals(200, service.get("/v2/health/ready").statusCode());
      assertEquals(200, service.get("/").statusCode());
    }
  }

  @Test
  void shouldFinishWhatRunsWhenItStops() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  scored.incrementAndGet();
                  sleep(25);
                }),
            RunningService.options().withWork(1, 4),
            Duration.ofSeconds(20));
    CompletableFuture<HttpResponse<String>> running =
        service.postAsync(EXPLAIN, TestModels.body(""));
    while (scored.get() == 0) {
      Thread.sleep(5);
    }
    CompletableFuture<HttpResponse<String>> waiting =
        service.postAsync(EXPLAIN, TestModels.body(""));
    awaitAdmitted(service, 2);
    Thread stopping = Thread.ofPlatform().start(() -> service.server().close());
    while (service.server().service().ready()) {
      Thread.sleep(5);
    }
    assertEquals(503, service.get("/v2/health/ready").statusCode());
    assertEquals(503, service.get("/v1/models/halves").statusCode());
    assertEquals(200, service.get("/v2/health/live").statusCode());
    assertEquals(503, service.post(EXPLAIN, TestModels.body("")).statusCode());
    HttpResponse<String> refused = waiting.get(5, TimeUnit.SECONDS);
    assertEquals(503, refused.statusCode());
    assertEquals("the service is ending", RunningService.error(refused));
    assertEquals(200, running.get(20, TimeUnit.SECONDS).statusCode());
    stopping.join(TimeUnit.SECONDS.toMillis(20));
    assertFalse(stopping.isAlive());
    service.close();
  }

  @Test
  void shouldRefuseWhatRunsBeyondTheGraceTime() throws Exception {
    AtomicInteger scored = new AtomicInteger();
    RunningService service =
        RunningService.start(
            TestModels.slow(
                () -> {
                  scored.incrementAndGet();
                  sleep(200);
                }),
            RunningService.options(),
            Duration.ofMillis(100));
    CompletableFuture<HttpResponse<String>> running =
        service.postAsync(EXPLAIN, TestModels.body(""));
    while (scored.get() == 0) {
      Thread.sleep(5);
    }
    service.server().close();
    assertEquals(503, running.get(5, TimeUnit.SECONDS).statusCode());
    service.close();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void awaitAdmitted(RunningService service, int count) throws InterruptedException {
    while (service.server().service().admitted() < count) {
      Thread.sleep(5);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new InvalidInputException("interrupted", e);
    }
  }
}
