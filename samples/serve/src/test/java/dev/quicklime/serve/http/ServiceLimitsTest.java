package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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
  void shouldRefuseChunksWithoutLengths() throws Exception {
    try (RunningService service = RunningService.start();
        RawClient client = new RawClient(service.port())) {
      client.write(RawClient.head(EXPLAIN, "Transfer-Encoding: chunked") + "zz\r\n{");
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("the chunks of the body must have lengths"), answer);
    }
  }

  @Test
  void shouldCallABrokenRequestWhatIsNoHttp() throws Exception {
    try (RunningService service = RunningService.start()) {
      // As of a client that speaks TLS, and of one that speaks nothing that is known.
      for (String words : new String[] {"\u0016\u0003\u0001 \r\n\r\n", "what is this\r\n\r\n"}) {
        try (RawClient client = new RawClient(service.port())) {
          client.write(words);
          String answer = client.readAll();
          assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
          assertTrue(answer.contains("{\"error\":\""), answer);
        }
      }
    }
  }

  @Test
  void shouldCloseTheConnectionOfWhoAsksForThat() throws Exception {
    try (RunningService service = RunningService.start()) {
      for (String length : new String[] {"", "Content-Length: 0\r\n"}) {
        try (RawClient client = new RawClient(service.port())) {
          long start = System.nanoTime();
          client.write(
              "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + length
                  + "\r\n");
          String answer = client.readAll();
          assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
          assertTrue(answer.endsWith("{\"ready\":true}"), answer);
          assertTrue((System.nanoTime() - start) / 1e9 < 10);
        }
      }
    }
  }

  @Test
  void shouldAskForTheBodyOfWhoWaitsForThat() throws Exception {
    try (RunningService service = RunningService.start()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response =
            service.send(
                service
                    .request(EXPLAIN)
                    .expectContinue(true)
                    .POST(HttpRequest.BodyPublishers.ofString(TestModels.body(""))));
        assertEquals(200, response.statusCode(), response.body());
      }
    }
  }

  @Test
  void shouldGiveBackWhatBodiesHad() throws Exception {
    try (RunningService service = RunningService.start()) {
      for (String body : new String[] {TestModels.body(""), "{", "nothing"}) {
        service.post(EXPLAIN, body);
        service.send(
            service
                .request(EXPLAIN)
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
      }
      assertTrue(service.get("/metrics").body().contains("quicklime_bodies_bytes 0.0"));
    }
  }

  @Test
  void shouldRefuseBodiesThatAreTooLargeTogether() {
    BodyBudget budget = new BodyBudget(100);
    budget.take(60);
    ServiceException busy = assertThrows(ServiceException.class, () -> budget.take(41));
    assertEquals(Problem.BUSY, busy.problem());
    budget.take(40);
    budget.giveBack(60);
    budget.take(60);
    assertEquals(100, budget.taken());
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
  void shouldCloseAConnectionThatIsIdleAndNoneThatWaits() throws Exception {
    Duration arrival = Duration.ofMillis(500);
    ServiceOptions options = RunningService.options().withTimes(Duration.ofMinutes(1), arrival);
    AtomicBoolean first = new AtomicBoolean(true);
    try (RunningService service =
            RunningService.start(
                TestModels.slow(
                    () -> {
                      if (first.getAndSet(false)) {
                        LockSupport.parkNanos(arrival.multipliedBy(8).toNanos());
                      }
                    }),
                options);
        RawClient client = new RawClient(service.port())) {
      client.post(EXPLAIN, TestModels.body(""));
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.endsWith("}"), answer);
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

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
