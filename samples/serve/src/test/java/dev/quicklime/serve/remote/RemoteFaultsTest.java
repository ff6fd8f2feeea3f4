package dev.quicklime.serve.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.PendingScores;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private static String missing(PredictorOptions options) throws InterruptedException {
    AtomicReference<String> news = new AtomicReference<>("");
    CountDownLatch told = new CountDownLatch(1);
    try (RemoteModel model =
        RemoteModel.seek(
            options,
            FakePredictor.TINY,
            2,
            text -> {
              news.set(text);
              told.countDown();
            })) {
      assertTrue(told.await(20, TimeUnit.SECONDS));
      ServiceException e = assertThrows(ServiceException.class, model::format);
      assertEquals(Problem.UNREADY, e.problem());
      String said = String.valueOf(news.get());
      assertEquals(said, e.getMessage());
      assertEquals(said, model.missing());
      String start = "waiting for the predictor at %s: ".formatted(options.base());
      assertTrue(said.startsWith(start), said);
      return said.substring(start.length());
    }
  }

  @Test
  void shouldSayWhatItWaitsFor() throws Exception {
    try (FakePredictor predictor = FakePredictor.of(Map.of())) {
      assertEquals("the predictor answered 404: unknown", missing(predictor.options()));
      assertEquals("the predictor answered 404: unknown", missing(predictor.optionsV2()));
    }
    try (FakePredictor predictor = FakePredictor.of(Map.of("/v1/models/m", "{\"ready\":false}"))) {
      assertEquals(
          "the predictor must answer that its model is ready, got that it is not",
          missing(predictor.options()));
    }
    assertEquals(
        "the predictor could not be asked: nobody listens there",
        missing(PredictorOptions.of("127.0.0.1:1", false, "m")));
    assertEquals(
        "the predictor could not be asked: its host is not known",
        missing(PredictorOptions.of("no-such-host.invalid", false, "m")));
  }

  @Test
  void shouldSayWhyItCannotTakeAModel() throws Exception {
    String output = "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\"}]}";
    String input = "{\"inputs\":[{\"name\":\"x\",\"shape\":[-1,3,-1,-1],\"datatype\":\"FP32\"}],";
    String[][] cases = {
      {
        FakePredictor.metadata("[-1,3,4]", "FP32"),
        "an input of 4 sizes, of pictures, channels, height and width, got [-1, 3, 4]"
      },
      {
        FakePredictor.metadata("[-1,0,3,3]", "FP32"),
        "an input of 4 sizes, of pictures, channels, height and width, got [-1, 0, 3, 3]"
      },
      {
        FakePredictor.metadata("[-1,4,8,8]", "FP32"),
        "an input with 3 channels, as many as mean and std have, got [-1, 4, 8, 8]"
      },
      {
        FakePredictor.metadata("[-1,3,8,8]", "INT64"),
        "an input of FP32, FP64, FP16, BF16 or UINT8, got INT64"
      },
      {
        FakePredictor.metadata("[\"n\",3,8,8]", "FP32"),
        "an input's shape of whole sizes, got [\"n\",3,8,8]"
      },
      {
        FakePredictor.metadata("[9999,3,8,8]", "FP32"),
        "an input of at most 4096 pictures, got 9999"
      },
      {
        "{\"inputs\":[{\"name\":\"a\"},{\"name\":\"b\"}]," + output,
        "one input, of pictures, got a, b"
      },
      {
        input + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"BYTES\"}]}",
        "an output of floating-point numbers, got y"
      },
      {
        input
            + "\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP32\"},"
            + "{\"name\":\"z\",\"datatype\":\"FP64\"}]}",
        "one output of scores, or its name, got y, z"
      },
      {"[]", "a JSON object, got a list of 0"},
    };
    for (String[] one : cases) {
      try (FakePredictor predictor = FakePredictor.v2(one[0], false, (_, _) -> {})) {
        assertEquals("the predictor must answer " + one[1], missing(predictor.optionsV2()));
      }
    }
    try (FakePredictor predictor =
        FakePredictor.v2(FakePredictor.metadata("[-1,3,8,8]", "FP32"), false, (_, _) -> {})) {
      assertEquals(
          "the predictor must answer an input with 3 channels, as many as mean and std have, at the"
              + " end, got [-1, 3, 8, 8]",
          missing(predictor.optionsV2().withPictures(Layout.NHWC, null)));
      assertEquals(
          "the predictor must answer an output 1, got y",
          missing(predictor.optionsV2().withNames(null, "1")));
      assertEquals(
          "the predictor must answer an input named z, got x",
          missing(predictor.optionsV2().withNames("z", null)));
    }
    try (FakePredictor predictor =
        FakePredictor.v2(FakePredictor.metadata("[-1,3,99999,8]", "FP32"), false, (_, _) -> {})) {
      assertEquals(
          "the model's input must be between 1×1 and 16384×16384, got 8×99999",
          missing(predictor.optionsV2()));
    }
  }

  @Test
  void shouldRefuseOptionsThatCannotBe() {
    for (String host :
        List.of("", "http://a", "a/b", "a:0", "a:70000", "a b", "a:b", "[::1", "a:1:2", "u@a")) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> PredictorOptions.of(host, false, "m"), host);
      assertTrue(String.valueOf(e.getMessage()).endsWith("got " + host), e.getMessage());
    }
    assertEquals(
        "https://[::1]:8443", PredictorOptions.of("[::1]:8443", true, "m").base().toString());
    assertEquals(
        "http://my_host.ns", PredictorOptions.of("my_host.ns", false, "m").base().toString());
    PredictorOptions good = PredictorOptions.of("a", false, "m");
    for (String base : List.of("ftp://a", "a", "http:///x", "http://a?b", "http://a#b")) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class,
              () ->
                  new PredictorOptions(
                      URI.create(base),
                      "m",
                      PredictorProtocol.V1,
                      Duration.ofSeconds(1),
                      0,
                      1,
                      null,
                      null,
                      null,
                      null,
                      null),
              base);
      assertTrue(String.valueOf(e.getMessage()).endsWith("got " + base), e.getMessage());
    }
    assertThrows(InvalidInputException.class, () -> PredictorOptions.of("a", false, "m/n"));
    assertThrows(InvalidInputException.class, () -> good.withTries(Duration.ZERO, 1));
    assertThrows(InvalidInputException.class, () -> good.withTries(Duration.ofSeconds(1), 11));
    assertThrows(InvalidInputException.class, () -> good.withInFlight(0));
    assertThrows(InvalidInputException.class, () -> good.withNames(" ", null));
    assertThrows(InvalidInputException.class, () -> PredictorToken.of("a\r\nb"));
    assertThrows(
        InvalidInputException.class,
        () -> RemoteModel.seek(good, Preprocessing.imageNet(), 0, _ -> {}));
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
