package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
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

/** What becomes of the work: who waits, who is refused, who is gone, and how it ends. */
@Timeout(120)
class ServiceWorkTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";

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
