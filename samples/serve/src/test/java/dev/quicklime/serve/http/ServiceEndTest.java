package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that ends while many clients ask it. */
@Timeout(120)
class ServiceEndTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final int CLIENTS = 200;

  @Test
  void shouldAnswerAllThatItHasAcceptedWhenItEnds() throws Exception {
    Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    CountDownLatch asked = new CountDownLatch(2 * CLIENTS);
    try (Explainer explainer = TestModels.slow(() -> pause(1));
        RunningService service =
            RunningService.start(
                explainer, RunningService.options().withWork(2, 20), Duration.ofSeconds(10))) {
      // More than what fits into the buffers of a connection, so that bodies are under way.
      String body = TestModels.body(" ".repeat(100_000));
      List<Thread> clients = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        clients.add(
            Thread.startVirtualThread(() -> askOnAndOn(service.port(), body, answers, asked)));
      }
      asked.await();
      service.server().close();
      for (Thread client : clients) {
        client.join();
      }
    }
    int all = answers.values().stream().mapToInt(AtomicInteger::get).sum();
    int good = count(answers, "200") + count(answers, "429") + count(answers, "503");
    assertEquals(all, good, answers.toString());
    assertTrue(count(answers, "200") > 2, answers.toString());
    assertTrue(count(answers, "503") > 20, answers.toString());
  }

  @Test
  void shouldAnswerWhoeverAsksAgainAfterTheLastAnswer() throws Exception {
    List<String> statuses = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch begun = new CountDownLatch(1);
    Runnable each =
        () -> {
          begun.countDown();
          pause(60);
        };
    try (Explainer explainer = TestModels.slow(each);
        RunningService service =
            RunningService.start(
                explainer, RunningService.options().withWork(1, 2), Duration.ofSeconds(30))) {
      String body = TestModels.body("");
      Thread client =
          Thread.startVirtualThread(
              () -> {
                statuses.add(status(service.port(), body));
                statuses.add(status(service.port(), body));
              });
      begun.await();
      // Longer than the quiet that ends a service.
      service.server().close();
      client.join();
    }
    assertEquals(List.of("200", "503"), statuses);
  }

  private static String status(int port, String body) {
    try (RawClient client = new RawClient(port)) {
      client.post(EXPLAIN, body);
      String head = client.readUntil("\r\n\r\n");
      return head.isEmpty() ? "no answer" : head.substring(9, 12);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Until it is told that the service ends, as clients do that keep their connections. */
  private static void askOnAndOn(
      int port, String body, Map<String, AtomicInteger> answers, CountDownLatch asked) {
    String last = "";
    while (!last.equals("503")) {
      try (RawClient client = new RawClient(port)) {
        boolean open = true;
        while (open) {
          last = "cut";
          client.post(EXPLAIN, body);
          String head = client.readUntil("\r\n\r\n");
          last = head.isEmpty() ? "no answer" : head.substring(9, 12);
          int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
          last = client.read(length) == length ? last : "half an answer";
          open = !head.toLowerCase(java.util.Locale.ROOT).contains("connection: close");
          answers.computeIfAbsent(last, _ -> new AtomicInteger()).incrementAndGet();
          asked.countDown();
          if (last.equals("429")) {
            pause(400);
          }
        }
      } catch (ConnectException e) {
        return;
      } catch (IOException | NumberFormatException e) {
        answers.computeIfAbsent(last + ": " + e, _ -> new AtomicInteger()).incrementAndGet();
        return;
      }
    }
  }

  private static int count(Map<String, AtomicInteger> answers, String what) {
    AtomicInteger count = answers.get(what);
    return count == null ? 0 : count.get();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
