package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once, well behaved and otherwise. */
@Timeout(180)
class ServiceLoadTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final int CLIENTS = 200;
  private static final int REQUESTS = 5;

  @Test
  void shouldAnswerEveryRequestOnceByItsExplanationOrByARefusal() throws Exception {
    Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    List<String> log = java.util.Collections.synchronizedList(new ArrayList<>());
    try (Explainer explainer = TestModels.slow(() -> pause(1));
        RunningService service =
            RunningService.start(
                explainer, RunningService.options().withWork(2, 20).withAccessLog(log::add))) {
      List<Thread> clients = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        clients.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < REQUESTS; i++) {
                    String answer = ask(service);
                    answers.computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
                  }
                }));
      }
      for (Thread client : clients) {
        client.join();
      }
      int explained = count(answers, "200 explained");
      int refused = count(answers, "429 refused");
      assertEquals(CLIENTS * REQUESTS, explained + refused, answers.toString());
      assertTrue(explained >= 20, answers.toString());
      while (log.size() < CLIENTS * REQUESTS) {
        Thread.sleep(10);
      }
      assertEquals(CLIENTS * REQUESTS, log.size());
      // A place is given back once its line is written, and a worker may not have looked up yet.
      while (service.server().service().admitted() > 0
          || service.server().service().running() > 0) {
        Thread.sleep(10);
      }
    }
  }

  /** One request on a connection of its own. */
  private static String ask(RunningService service) {
    try (RawClient client = new RawClient(service.port())) {
      String body = TestModels.body("");
      client.write(
          RawClient.head(EXPLAIN, "Connection: close", "Content-Length: " + body.length()) + body);
      String answer = client.readUntil("\r\n\r\n");
      String status = answer.isEmpty() ? "no answer" : answer.substring(9, 12);
      String rest = client.readUntil("}");
      return status
          + (rest.startsWith("{\"explanations\"")
              ? " explained"
              : rest.startsWith("{\"error\"") ? " refused" : " " + rest);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int count(Map<String, AtomicInteger> answers, String what) {
    AtomicInteger count = answers.get(what);
    return count == null ? 0 : count.get();
  }

  @Test
  void shouldLeaveNothingBehindOfRudeAndBrokenClients() throws Exception {
    try (Explainer explainer = TestModels.slow(() -> pause(1));
        RunningService service = RunningService.start(explainer, RunningService.options())) {
      rude(service, 20);
      long files = openFiles();
      int threads = Thread.activeCount();
      rude(service, 300);
      while (service.server().service().admitted() > 0
          || service.server().service().running() > 0) {
        Thread.sleep(10);
      }
      long end = System.nanoTime() + 20_000_000_000L;
      while (openFiles() > files + 10 && System.nanoTime() < end) {
        Thread.sleep(100);
      }
      assertTrue(openFiles() <= files + 10, files + " files became " + openFiles());
      assertTrue(Thread.activeCount() <= threads + 4, threads + " became " + Thread.activeCount());
      assertEquals(200, service.post(EXPLAIN, TestModels.body("")).statusCode());
    }
  }

  private static void rude(RunningService service, int count)
      throws IOException, InterruptedException {
    Random random = new Random(7);
    String body = TestModels.body("");
    for (int i = 0; i < count; i++) {
      RawClient client = new RawClient(service.port());
      switch (i % 6) {
        case 0 -> client.post(EXPLAIN, body);
        case 1 -> client.write(RawClient.head(EXPLAIN, "Content-Length: 5000") + "{\"inst");
        case 2 -> client.write("nonsense\r\n\r\n");
        case 3 -> client.write(RawClient.head(EXPLAIN, "Transfer-Encoding: chunked") + "zz\r\n");
        case 4 -> client.post(EXPLAIN, body.substring(0, 40));
        default ->
            client.write(
                RawClient.head(
                        EXPLAIN, "Accept: text/event-stream", "Content-Length: " + body.length())
                    + body);
      }
      Thread.sleep(random.nextInt(8));
      if (random.nextBoolean()) {
        client.abort();
      } else {
        client.close();
      }
    }
  }

  private static long openFiles() throws IOException {
    Path files = Path.of("/proc/self/fd");
    if (!Files.isDirectory(files)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(files)) {
      return all.count();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
