package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.internal.TestModules;
import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsCuda
class CudaTest {

  private static final int SIZE = 48;

  /** A convolution with known weights, so that scores are not just sums. */
  private static final String BODY =
      "return torch.relu(torch.conv2d(x, torch.arange(108, device=x.device, dtype=x.dtype)"
          + ".reshape(4, 3, 3, 3) / 108 - 0.4)).mean([2, 3])";

  @TempDir Path folder;

  private static ModelOptions options(String device, Precision precision) {
    return ModelOptions.of(Preprocessing.imageNet().withSize(SIZE, SIZE))
        .withDevice(Device.parse(device))
        .withPrecision(precision)
        .withBatch(7)
        .withThreads(1);
  }

  private Classifier open(ModelOptions options) {
    Path file = TestModules.save(folder, BODY);
    return Replicas.open(options, one -> TorchScript.open(file, one));
  }

  private static Image picture() {
    byte[] pixels = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 7);
    }
    return Image.of8(SIZE, SIZE, 3, pixels);
  }

  private static Explanation explain(Explainer explainer) {
    return explainer.explain(
        picture(),
        ExplainOptions.defaults().withSegmenter(new Tiles(9, 8)).withSamples(200),
        Progress.none());
  }

  private double[] scores(ModelOptions options) {
    try (Explainer explainer = Explainer.of(open(options), Labels.none())) {
      return explain(explainer).samples().scores();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void shouldScoreAsTheCpuUpToRounding(Precision precision) {
    // Convolutions may take TF32 on a GPU, with as many bits as half precision.
    assertArrayEquals(
        scores(options("cpu", Precision.FP32)), scores(options("cuda", precision)), 5e-3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void shouldScoreTheSameWhereverSamplesAreComposed(Precision precision) {
    ModelOptions cuda = options("cuda", precision);
    assertArrayEquals(scores(cuda), scores(cuda.withCompose(Compose.DEVICE)), 1e-6);
  }

  @Test
  void shouldScoreTheSameOnAllDevices() {
    ModelOptions all = options("cuda:all", Precision.FP32);
    double[] expected = scores(options("cuda", Precision.FP32));
    assertArrayEquals(expected, scores(all), 1e-5);
    assertArrayEquals(expected, scores(all.withCompose(Compose.DEVICE)), 1e-5);
  }

  @Test
  void shouldNeverMixBatchesThatAreUnderWay() {
    Path file =
        TestModules.save(folder, "return torch.stack([x.amax([1, 2, 3]), -x.amin([1, 2, 3])], 1)");
    try (TorchScript model = TorchScript.open(file, options("cuda", Precision.FP32))) {
      assertEquals(3, model.inFlight());
      List<Batch> ring = new ArrayList<>();
      ArrayDeque<PendingScores> flying = new ArrayDeque<>();
      int landed = 0;
      for (int i = 0; i < 3000; i++) {
        if (flying.size() == 3) {
          checkAll(landed++, flying.remove().await());
        }
        if (ring.size() < 3) {
          ring.add(model.newBatch());
        }
        Batch batch = ring.get(i % 3);
        for (long at = 0; at < 7L * SIZE * SIZE * 3; at++) {
          batch.pixels().setAtIndex(ValueLayout.JAVA_FLOAT, at, i);
        }
        flying.add(model.submit(batch, 7));
      }
      for (PendingScores pending : flying) {
        checkAll(landed++, pending.await());
      }
      ring.forEach(Batch::close);
    }
  }

  /** All numbers of all pictures are the batch's own. */
  private static void checkAll(int expected, double[] largestAndSmallest) {
    for (int row = 0; row < 7; row++) {
      assertEquals(expected, largestAndSmallest[2 * row]);
      assertEquals(-expected, largestAndSmallest[2 * row + 1]);
    }
  }

  @Test
  void shouldServeSeveralThreads() throws InterruptedException, ExecutionException {
    try (Explainer explainer = Explainer.of(open(options("cuda", Precision.FP32)), Labels.none());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      double[] expected = explain(explainer).samples().scores();
      List<Future<double[]>> futures = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        futures.add(threads.submit(() -> explain(explainer).samples().scores()));
      }
      for (Future<double[]> future : futures) {
        assertArrayEquals(expected, future.get(), 1e-5);
      }
    }
  }

  @Test
  void shouldNameADeviceThatIsNotThere() {
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class, () -> open(options("cuda:99", Precision.FP32)).close());
    assertTrue(e.toString().contains("one of the " + TorchRuntime.cudaDevices()), e.toString());
  }

  @Test
  void shouldSayInOneLineThatMemoryIsShortAndGoOn() {
    Path file =
        TestModules.save(
            folder,
            "return torch.zeros([(1 << 42) * int(x.max() > 5)], device=x.device).sum()"
                + " + x.mean([1, 2, 3]).unsqueeze(1)");
    try (TorchScript model = TorchScript.open(file, options("cuda", Precision.FP32));
        Batch batch = model.newBatch()) {
      batch.pixels().fill((byte) 0);
      batch.pixels().setAtIndex(ValueLayout.JAVA_FLOAT, 0, 9);
      QuicklimeException e =
          assertThrows(QuicklimeException.class, () -> model.score(batch, 7), "16 TiB");
      assertTrue(e.toString().contains("out of memory"), e.toString());
      assertEquals(1, e.toString().lines().count(), e.toString());
      batch.pixels().fill((byte) 0);
      assertEquals(0, model.score(batch, 7)[0]);
    }
  }

  @Test
  void shouldSettlePrecisionAndBatch() {
    ModelOptions open = options("cuda", Precision.AUTO).withBatch(0);
    try (Explainer explainer = Explainer.of(open(open), Labels.none())) {
      Explanation explanation = explain(explainer);
      assertEquals(2, explanation.provenance().model().decisions().size());
      assertEquals("cuda:0", explanation.provenance().model().device());
    }
  }
}
