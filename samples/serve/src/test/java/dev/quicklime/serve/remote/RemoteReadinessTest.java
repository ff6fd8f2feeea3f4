package dev.quicklime.serve.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a model elsewhere waits for, and what it is never going to get. */
@Timeout(60)
class RemoteReadinessTest {

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
}
