package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.segment.Tiles;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.SharedBatches;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service whose explanations share forward passes. */
@Timeout(120)
class SharedForwardsTest {

  private static final String EXPLAIN = "/v1/models/halves:explain";

  /** 41 rows and the first once more: two full batches of 16 and ten rows. */
  private static final int SAMPLES = 40;

  /** Three channels of the left half, a forward pass after the other, each of some milliseconds. */
  private static final class Halves implements PipelinedClassifier {

    private final BatchFormat format =
        BatchFormat.of(
            Preprocessing.imageNet()
                .withSize(TestModels.SIDE, TestModels.SIDE)
                .withoutNormalization());

    @Override
    public ClassifierInfo info() {
      return new ClassifierInfo(
          "halves", "Java", null, "cpu", "fp32", 1, List.of(), List.of(), null);
    }

    @Override
    public BatchFormat format() {
      return format;
    }

    @Override
    public int batchSize() {
      return 16;
    }

    @Override
    public Batch newBatch() {
      return Batch.of(
          MemorySegment.ofBuffer(ByteBuffer.allocateDirect((int) format.bytes() * batchSize())),
          () -> {});
    }

    @Override
    public synchronized double[] score(Batch batch, int rows) {
      double[] scores = new double[3 * rows];
      int plane = TestModels.SIDE * TestModels.SIDE;
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < plane; j++) {
          scores[i] +=
              j % TestModels.SIDE < TestModels.SIDE / 2
                  ? batch
                      .pixels()
                      .getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * plane + j)
                  : 0;
        }
        scores[i] /= plane;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return scores;
    }

    @Override
    public void close() {}
  }

  private static ServedModel served(PipelinedClassifier classifier) {
    ExplainOptions options =
        ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(SAMPLES);
    return new ServedModel(
        "halves",
        Explainer.of(classifier, Labels.of(List.of("red", "green", "blue"))),
        OptionReader.fixed(options));
  }

  private static JsonNode classes(HttpResponse<String> response) throws Exception {
    assertEquals(200, response.statusCode(), response.body());
    return RunningService.json(response).at("/explanations/0/classes");
  }

  @Test
  void shouldExplainAsWithoutSharingByFewerForwardPasses() throws Exception {
    ServiceOptions options = RunningService.options().withWork(8, 64);
    JsonNode expected;
    try (RunningService plain =
        RunningService.start(served(new Halves()), options, Duration.ofSeconds(2))) {
      expected = classes(plain.post(EXPLAIN, TestModels.body("")));
      assertTrue(plain.get("/metrics").body().contains("quicklime_batch_shared_rows 0"));
    }
    SharedBatches shared = SharedBatches.of(new Halves(), 1, Duration.ofMillis(2));
    try (RunningService service =
        RunningService.start(served(shared), options, Duration.ofSeconds(2))) {
      assertEquals(expected, classes(service.post(EXPLAIN, TestModels.body(""))));
      assertEquals(3, shared.forwards());
      assertEquals(0, shared.sharedRows());
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(service.postAsync(EXPLAIN, TestModels.body("")));
      }
      for (CompletableFuture<HttpResponse<String>> one : all) {
        assertEquals(expected, classes(one.get(60, TimeUnit.SECONDS)));
      }
      assertTrue(shared.forwards() < 3 + 40 * 3, shared.forwards() + " forward passes");
      assertTrue(shared.sharedRows() > 0);
      assertTrue(
          service
              .get("/metrics")
              .body()
              .contains("quicklime_batch_shared_rows " + (double) shared.sharedRows()));
    }
  }

  @Test
  void shouldEndWithWorkUnderWay() throws Exception {
    SharedBatches shared = SharedBatches.of(new Halves(), 1, Duration.ofMillis(2));
    RunningService service =
        RunningService.start(
            served(shared), RunningService.options().withWork(8, 64), Duration.ofMillis(100));
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(service.postAsync(EXPLAIN, TestModels.body("")));
    }
    while (service.server().service().running() < 8) {
      Thread.sleep(1);
    }
    service.server().close();
    for (CompletableFuture<HttpResponse<String>> one : all) {
      int status = one.get(20, TimeUnit.SECONDS).statusCode();
      assertTrue(status == 200 || status == 503, "status " + status);
    }
    assertEquals(0, service.server().service().running());
    service.close();
  }
}
