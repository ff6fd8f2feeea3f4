package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.Explainer;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Preview;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Predictions are what explanations show, where samples are scored in fewer bits. */
@Timeout(60)
class FullPredictionsTest {

  private static final String PREDICT = "/v1/models/halves:predict";
  private static final String EXPLAIN = "/v1/models/halves:explain";
  private static final int SIDE = TestModels.SIDE;

  private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger full = new AtomicInteger();
  private final RunningService service =
      RunningService.start(
          Explainer.of(
              new InFull(
                  classifier(FullPredictionsTest::rounded), classifier(FullPredictionsTest::exact)),
              Labels.of(List.of("red", "green", "blue"))),
          RunningService.options(),
          Duration.ofSeconds(2));

  @AfterEach
  void stop() {
    service.close();
  }

  private static double[] exact(float[] pixels) {
    double[] sums = new double[3];
    for (int i = 0; i < pixels.length; i++) {
      sums[i / (SIDE * SIDE)] += pixels[i] * (1 + i % 7) / 500;
    }
    return sums;
  }

  private static double[] rounded(float[] pixels) {
    double[] scores = exact(pixels);
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.rint(scores[c] * 8) / 8;
    }
    return scores;
  }

  private static PipelinedClassifier classifier(PixelScorer scorer) {
    return (PipelinedClassifier)
        Classifier.of(
            "halves",
            Preprocessing.imageNet().withSize(SIDE, SIDE).withoutNormalization(),
            4,
            scorer);
  }

  /** Has whole pictures in more bits, as long as it is let. */
  private final class InFull implements PipelinedClassifier {
    private final PipelinedClassifier samples;
    private final PipelinedClassifier exact;

    InFull(PipelinedClassifier samples, PipelinedClassifier exact) {
      this.samples = samples;
      this.exact = exact;
    }

    @Override
    public ClassifierInfo info() {
      return samples.info().withOriginalPrecision("fp64");
    }

    @Override
    public BatchFormat format() {
      return samples.format();
    }

    @Override
    public int batchSize() {
      return samples.batchSize();
    }

    @Override
    public Batch newBatch() {
      return samples.newBatch();
    }

    @Override
    public double[] score(Batch batch, int rows) {
      return samples.score(batch, rows);
    }

    @Override
    public Optional<double[]> scoreInFull(Preview picture) {
      if (full.get() >= most.get()) {
        return Optional.empty();
      }
      full.incrementAndGet();
      try (Batch batch = exact.newBatch()) {
        // Two of them, as of a model that takes no picture alone.
        picture.write(exact.format(), 2, batch.pixels());
        double[] scores = exact.score(batch, 2);
        assertEquals(scores[0], scores[3]);
        return Optional.of(new double[] {scores[0], scores[1], scores[2]});
      }
    }

    @Override
    public void close() {
      samples.close();
      exact.close();
    }
  }

  private static byte[] levels(int picture) {
    byte[] levels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) ((i * 37 + picture * 11) % 251);
    }
    return levels;
  }

  private static String instance(int picture) {
    byte[] file = ImageFiles.encodePng(Image.of8(SIDE, SIDE, 3, levels(picture)));
    return "{\"b64\":\"" + Base64.getEncoder().encodeToString(file) + "\"}";
  }

  private static String body(int pictures) {
    return IntStream.range(0, pictures)
        .mapToObj(FullPredictionsTest::instance)
        .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
  }

  private JsonNode answer(String path, String body) throws Exception {
    HttpResponse<String> response = service.post(path, body);
    assertEquals(200, response.statusCode(), response.body());
    return RunningService.json(response);
  }

  @Test
  void shouldPredictWhatExplanationsShow() throws Exception {
    JsonNode predictions = answer(PREDICT, body(6)).path("predictions");
    JsonNode explanations = answer(EXPLAIN, body(6)).path("explanations");
    assertEquals(6, predictions.size());
    for (int i = 0; i < 6; i++) {
      for (JsonNode one : explanations.get(i).path("classes")) {
        double predicted = predictions.get(i).get(one.path("index").asInt()).asDouble();
        assertEquals(one.path("probability").asDouble(), predicted, 0);
        assertNotEquals(one.path("localTarget").asDouble(), predicted);
      }
    }
  }

  @Test
  void shouldInferTheSameByV2() throws Exception {
    JsonNode predicted = answer(PREDICT, body(1)).at("/predictions/0");
    byte[] levels = levels(0);
    String numbers =
        IntStream.range(0, levels.length)
            .mapToObj(i -> Integer.toString(levels[i] & 0xff))
            .collect(Collectors.joining(","));
    JsonNode inferred =
        answer(
                "/v2/models/halves/infer",
                "{\"inputs\":[{\"name\":\"p\",\"shape\":[1,16,16,3],\"datatype\":\"UINT8\",\"data\":["
                    + numbers
                    + "]}]}")
            .at("/outputs/0/data");
    for (int c = 0; c < 3; c++) {
      assertEquals((float) predicted.get(c).asDouble(), (float) inferred.get(c).asDouble());
    }
  }

  @Test
  void shouldGoOnInBatchesOnceThereAreNoScoresInFull() throws Exception {
    JsonNode inFull = answer(PREDICT, body(7)).path("predictions");
    assertEquals(7, full.get());
    most.set(9);
    JsonNode both = answer(PREDICT, body(7)).path("predictions");
    assertEquals(9, full.get());
    JsonNode inBatches = answer(PREDICT, body(7)).path("predictions");
    for (int i = 0; i < 7; i++) {
      assertNotEquals(inFull.get(i), inBatches.get(i));
      assertEquals((i < 2 ? inFull : inBatches).get(i), both.get(i));
    }
    JsonNode explained = answer(EXPLAIN, body(1)).at("/explanations/0/classes/0");
    assertEquals(
        explained.path("probability"), inBatches.get(0).get(explained.path("index").asInt()));
  }

  @Test
  void shouldNameAWrongPictureBehindOthers() throws Exception {
    String three = instance(0) + "," + instance(1) + ",{\"b64\":\"AAAA\"}";
    HttpResponse<String> response = service.post(PREDICT, "{\"instances\":[" + three + "]}");
    assertEquals(400, response.statusCode());
    assertTrue(RunningService.error(response).startsWith("instances[2]: "), response.body());
    assertEquals(2, full.get());
  }
}
