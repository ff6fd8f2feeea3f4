package dev.quicklime.serve.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.quicklime.model.Batch;
import dev.quicklime.model.PendingScores;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What predictors do wrong, and how it ends. */
@Timeout(120)
class RemoteFaultsTest {

  private static final String GOOD = "{\"predictions\":[[1,2],[3,4]]}";

  private static void shouldFail(PredictorOptions options, Problem problem, String message)
      throws InterruptedException {
    ServiceException e = FakePredictor.failure(options, 2);
    assertEquals(message, e.getMessage());
    assertEquals(problem, e.problem(), message);
  }

  @Test
  void shouldRefuseAnswersOfV1ThatAreNoScores() throws Exception {
    String[][] cases = {
      {"{\"predictions\":[[1,2]]}", "predictions for each of 2 pictures, got a list of 1"},
      {"{\"predictions\":7}", "predictions for each of 2 pictures, got 7"},
      {"{}", "predictions for each of 2 pictures, got nothing"},
      {"[[1,2],[3,4]]", "a JSON object, got a list of 2"},
      {"", "a JSON object, got nothing"},
      {
        "{\"predictions\":[[1,2],[3]]}",
        "as many scores for every picture, 2, got 1 in predictions[1]"
      },
      {
        "{\"predictions\":[[],[]]}",
        "at least one score for every picture, got none in predictions[0]"
      },
      {"{\"predictions\":[[1,2],[3,NaN]]}", "finite scores, got NaN in predictions[1]"},
      {"{\"predictions\":[[1,2],[3,1e999]]}", "finite scores, got Infinity in predictions[1]"},
      {"{\"predictions\":[[1,2],[3,null]]}", "finite scores, got null in predictions[1]"},
      {"{\"predictions\":[[1,\"2\"],[3,4]]}", "finite scores, got a text in predictions[0]"},
      {"{\"predictions\":[[[1,2]],[[3,4]]]}", "finite scores, got a list of 2 in predictions[0]"},
      {
        "{\"predictions\":[{\"a\":1,\"b\":2},{}]}",
        "scores, or an object of which one field is named as the output, got a, b in predictions[0]"
      },
    };
    for (String[] one : cases) {
      try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, one[0]))) {
        shouldFail(predictor.options(), Problem.PREDICTOR, "the predictor must answer " + one[1]);
        assertEquals(1, predictor.asked().size());
      }
    }
    try (FakePredictor predictor =
        FakePredictor.v1(FakePredictor.always(200, "{\"predictions\":[[1,2],"))) {
      ServiceException e = FakePredictor.failure(predictor.options(), 2);
      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith("the predictor must answer JSON, got something else: Unexpected end"),
          e.getMessage());
    }
  }

  @Test
  void shouldRefuseAnswersOfV2ThatAreNoScores() throws Exception {
    String[][] cases = {
      {"{}", "the output y, got none"},
      {"{\"outputs\":[{\"name\":\"z\"}]}", "the output y, got z"},
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,2],\"data\":[1,2,3]}]}",
        "as many scores as its shape [2, 2] says, got 3"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[1,2],\"data\":[1,2]}]}",
        "a row of scores for each of 2 pictures, got the shape [1, 2]"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,2,2],\"data\":[1,2,3,4,5,6,7,8]}]}",
        "a row of scores for each of 2 pictures, got the shape [2, 2, 2]"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,0],\"data\":[]}]}",
        "as many scores as its shape [2, 0] says, got 0"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,1],\"data\":[1,NaN]}]}",
        "finite scores, got NaN in data[1]"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,1]}]}",
        "scores as a list of numbers, got nothing"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,1.5],\"data\":[1,2]}]}",
        "an output's shape of whole sizes, got [2,1.5]"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,1],\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":8}}]}",
        "8 bytes of scores, got an answer of 94"
      },
      {
        "{\"outputs\":[{\"name\":\"y\",\"shape\":[2,1],\"datatype\":\"INT32\","
            + "\"parameters\":{\"binary_data_size\":8}}]}",
        "scores of FP32, FP64, FP16 or BF16, got INT32"
      },
    };
    for (String[] one : cases) {
      try (FakePredictor predictor =
          FakePredictor.v2(
              FakePredictor.metadata("[-1,3,1,2]", "FP32"),
              false,
              FakePredictor.always(200, one[0]))) {
        shouldFail(predictor.optionsV2(), Problem.PREDICTOR, "the predictor must answer " + one[1]);
      }
    }
  }

  @Test
  void shouldTellWhatARefusalSays() throws Exception {
    Object[][] cases = {
      {500, "{\"error\":\"out of memory\\nat line 7\"}", "500: out of memory"},
      {400, "{\"detail\":\"no\"}", "400: no"},
      {404, "\n  not here\nmore", "404: not here"},
      {413, "", "413"},
      {418, "{\"x\":1}", "418: {\"x\":1}"},
      {429, "slow down", "429: slow down"},
      {503, "{broken", "503: {broken"},
      {500, "a".repeat(300), "500: " + "a".repeat(200) + "…"},
      {302, "", "302: redirects are not followed"},
    };
    for (Object[] one : cases) {
      try (FakePredictor predictor =
          FakePredictor.v1(
              (exchange, _) -> {
                exchange.getResponseHeaders().set("Location", "/v1/models/m");
                FakePredictor.send(exchange, (int) one[0], (String) one[1]);
              })) {
        shouldFail(predictor.options(), Problem.PREDICTOR, "the predictor answered " + one[2]);
        assertEquals(1, predictor.asked().size());
      }
    }
  }

  @Test
  void shouldSendABatchAgainOnceWhoseConnectionBroke() throws Exception {
    try (FakePredictor predictor =
        FakePredictor.v1(
            (exchange, call) -> {
              if (call == 0) {
                exchange.close();
              } else {
                FakePredictor.send(exchange, 200, GOOD);
              }
            })) {
      assertEquals(4, FakePredictor.score(predictor.options(), 2).length);
      assertEquals(2, predictor.asked().size());
      assertEquals(predictor.asked().get(0).body(), predictor.asked().get(1).body());
    }
    try (FakePredictor predictor =
        FakePredictor.v1(
            (exchange, _) -> {
              // Breaks off in the middle of an answer.
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              exchange.close();
            })) {
      ServiceException e = FakePredictor.failure(predictor.options(), 2);
      assertEquals(Problem.PREDICTOR, e.problem());
      assertTrue(
          String.valueOf(e.getMessage()).startsWith("the predictor could not be asked: "),
          e.getMessage());
      assertEquals(2, predictor.asked().size());
    }
  }

  @Test
  void shouldComeAgainWhenItIsToldTo() throws Exception {
    for (int status : new int[] {429, 503}) {
      try (FakePredictor predictor =
          FakePredictor.v1(
              (exchange, call) -> {
                exchange.getResponseHeaders().set("Retry-After", call == 0 ? "1" : "0");
                FakePredictor.send(exchange, call < 2 ? status : 200, call < 2 ? "" : GOOD);
              })) {
        long start = System.nanoTime();
        assertEquals(4, FakePredictor.score(predictor.options(), 2).length);
        assertTrue(System.nanoTime() - start > 1_000_000_000L);
        assertEquals(3, predictor.asked().size());
      }
    }
    try (FakePredictor predictor =
        FakePredictor.v1(
            (exchange, _) -> {
              exchange.getResponseHeaders().set("Retry-After", "30");
              FakePredictor.send(exchange, 503, "");
            })) {
      shouldFail(
          predictor.options().withTries(Duration.ofSeconds(2), 1),
          Problem.LATE,
          "the predictor answered 503 and asks to wait 30 s, more than is left of 2000 ms");
    }
  }

  private static void hang(HttpExchange exchange, CountDownLatch until) throws Exception {
    assertNotNull(exchange);
    boolean _ = until.await(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldGiveUpAPredictorThatDoesNotAnswerInTime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakePredictor silent = FakePredictor.v1((exchange, _) -> hang(exchange, end));
        FakePredictor stalled =
            FakePredictor.v1(
                (exchange, _) -> {
                  exchange.sendResponseHeaders(200, 100);
                  exchange.getResponseBody().write('{');
                  exchange.getResponseBody().flush();
                  hang(exchange, end);
                })) {
      for (FakePredictor predictor : List.of(silent, stalled)) {
        shouldFail(
            predictor.options().withTries(Duration.ofMillis(400), 1),
            Problem.LATE,
            "the predictor did not answer within 400 ms");
      }
      end.countDown();
    }
  }

  @Test
  void shouldReadNoMoreThanAnAnswerMayHave() throws Exception {
    byte[] blanks = new byte[1 << 20];
    try (FakePredictor predictor =
        FakePredictor.v1(
            (exchange, _) -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream out = exchange.getResponseBody();
              for (int i = 0; i < 1000; i++) {
                out.write(blanks);
              }
            })) {
      shouldFail(
          predictor.options(),
          Problem.PREDICTOR,
          "the predictor must answer at most 33554432 bytes, got more");
      assertEquals(1, predictor.asked().size());
    }
  }

  @Test
  void shouldRefuseAnotherNumberOfClassesThanBefore() throws Exception {
    try (FakePredictor predictor =
            FakePredictor.v1(
                (exchange, call) ->
                    FakePredictor.send(
                        exchange, 200, call == 0 ? GOOD : "{\"predictions\":[[1],[2]]}"));
        RemoteModel model = FakePredictor.found(predictor.options(), 2);
        Batch batch = FakePredictor.counting(model)) {
      assertEquals(4, model.score(batch, 2).length);
      ServiceException e = assertThrows(ServiceException.class, () -> model.score(batch, 2));
      assertEquals(
          "the predictor must answer 2 scores for each picture, as before, got 1", e.getMessage());
    }
  }

  /** Writes until whoever asked is gone. */
  private static void untilGone(HttpExchange exchange, CountDownLatch came, CountDownLatch gone)
      throws Exception {
    exchange.sendResponseHeaders(200, 0);
    came.countDown();
    try {
      while (true) {
        exchange.getResponseBody().write(new byte[4096]);
        exchange.getResponseBody().flush();
        Thread.sleep(20);
      }
    } catch (IOException e) {
      gone.countDown();
    }
  }

  @Test
  void shouldEndARequestWhoseThreadIsInterrupted() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (FakePredictor predictor =
            FakePredictor.v1((exchange, _) -> untilGone(exchange, came, gone));
        RemoteModel model = FakePredictor.found(predictor.options(), 2);
        Batch batch = FakePredictor.counting(model)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      double[] _ = model.score(batch, 2);
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  });
      assertTrue(came.await(20, TimeUnit.SECONDS));
      thread.interrupt();
      thread.join(5_000);
      assertFalse(thread.isAlive());
      assertTrue(thrown.get() instanceof CancellationException, String.valueOf(thrown.get()));
      assertTrue(gone.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldHaveSeveralBatchesUnderWayAndEndThoseThatAreGivenUp() throws Exception {
    CountDownLatch came = new CountDownLatch(2);
    CountDownLatch gone = new CountDownLatch(2);
    try (FakePredictor predictor =
            FakePredictor.v1((exchange, _) -> untilGone(exchange, came, gone));
        RemoteModel model = FakePredictor.found(predictor.options(), 2);
        Batch first = FakePredictor.counting(model);
        Batch second = FakePredictor.counting(model)) {
      assertEquals(2, model.inFlight());
      PendingScores one = model.submit(first, 2);
      PendingScores two = model.submit(second, 2);
      assertTrue(came.await(20, TimeUnit.SECONDS));
      one.abandon();
      two.abandon();
      assertTrue(gone.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldNotBeUsedAfterClosing() throws Exception {
    try (FakePredictor predictor = FakePredictor.v1(FakePredictor.always(200, GOOD))) {
      RemoteModel model = FakePredictor.found(predictor.options(), 2);
      model.close();
      model.close();
      assertThrows(IllegalStateException.class, model::newBatch);
    }
  }
}
