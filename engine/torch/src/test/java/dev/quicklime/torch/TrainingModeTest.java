package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.MadeModule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace in training mode left in a file is computed as it is, and said. */
class TrainingModeTest {

  private static final int SIDE = 4;
  private static final int PLACES = SIDE * SIDE;

  @TempDir Path folder;

  private static ModelOptions options(int batch) {
    return PlainInput.options(SIDE, batch, Precision.FP32);
  }

  /** A value of picture, channel and place. */
  private static float pixel(int picture, int channel, int place) {
    return (float) Math.sin(picture * 5 + channel * 3 + place * (1 + channel));
  }

  private static double[] scores(TorchScript model) {
    try (Batch batch = model.newBatch()) {
      for (int i = 0; i < model.batchSize() * PLACES * 3; i++) {
        float value = pixel(i / (PLACES * 3), i % 3, i / 3 % PLACES);
        batch.pixels().setAtIndex(JAVA_FLOAT, i, value);
      }
      return model.score(batch, model.batchSize());
    }
  }

  private static CamInput picture(int number) {
    float[] values = new float[3 * PLACES];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixel(number, i / PLACES, i % PLACES);
    }
    return CamInput.of(values, 1, 3, SIDE, SIDE);
  }

  /** The channels, turned into two maps by a convolution, normalised and squared. */
  private MadeModule normalised(String training, String averages) {
    return new MadeModule(
            "x = torch.conv2d(x, self.a)",
            "x = torch.batch_norm(x, None, None, "
                + averages
                + ", "
                + training
                + ", 0.1, 0.0, False)",
            "return torch.relu(x).mean([2, 3])")
        .with("a", new float[] {1, 0, 0, 0, 1, 2}, 2, 3, 1, 1)
        .buffer("m", 5, 6)
        .buffer("v", 7, 8);
  }

  /** What the module says of the first pictures of a batch. */
  private static double[] normalised(int pictures) {
    double[] scores = new double[2 * pictures];
    for (int map = 0; map < 2; map++) {
      double[] values = new double[pictures * PLACES];
      for (int i = 0; i < values.length; i++) {
        int n = i / PLACES;
        int p = i % PLACES;
        values[i] = map == 0 ? pixel(n, 0, p) : pixel(n, 1, p) + 2 * pixel(n, 2, p);
      }
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < values.length; i++) {
        scores[2 * (i / PLACES) + map] +=
            Math.max(0, (values[i] - mean) / Math.sqrt(variance)) / PLACES;
      }
    }
    return scores;
  }

  @Test
  void shouldNormaliseByTheBatchWhereATraceSaysSo() {
    Path file = normalised("True", "self.m, self.v").save(folder);
    for (int batch : new int[] {1, 3}) {
      try (TorchScript model = TorchScript.open(file, options(batch))) {
        assertArrayEquals(normalised(batch), scores(model), 1e-5);
        assertArrayEquals(normalised(batch), scores(model), 1e-5);
        String notice = model.info().notices().getFirst();
        assertTrue(notice.contains("batch normalisation in training mode"), notice);
        assertTrue(notice.contains("depend on the rest of a batch"), notice);
        assertTrue(notice.contains("eval()"), notice);
      }
    }
  }

  @Test
  void shouldExplainAndMapTheSameFunction() {
    Path file = normalised("True", "self.m, self.v").save(folder);
    try (TorchScript model = TorchScript.open(file, options(1));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      assertArrayEquals(scores(model), cam.scores(picture(0))[0], 1e-5);
      List<String> notices = cam.explain(picture(0), CamOptions.defaults()).notices();
      assertEquals(model.info().notices(), notices);
    }
  }

  @Test
  void shouldSayThatThereAreNoRunningAverages() {
    Path file = normalised("self.training or True", "None, None").save(folder);
    try (TorchScript model = TorchScript.open(file, options(2))) {
      assertArrayEquals(normalised(2), scores(model), 1e-5);
      String notice = model.info().notices().getFirst();
      assertTrue(notice.contains("no running averages"), notice);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.dropout(x, 0.5, True) | dropout",
        "torch.feature_dropout(x, 0.5, True) | dropout",
        "torch.alpha_dropout(x, 0.5, True) | dropout",
        "torch.rrelu(x, 0.1, 0.4, True) | rrelu",
        "x * torch.empty([x.size(0), 1, 4, 4]).bernoulli_(0.5) | random numbers of bernoulli",
        "x + torch.rand_like(x) | random numbers of rand_like",
      })
  void shouldSayWhatIsRandom(String step, String name) {
    Path file = new MadeModule("x = " + step.strip(), "return x.mean([2, 3])").save(folder);
    try (TorchScript model = TorchScript.open(file, options(2));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      String notice = model.info().notices().getFirst();
      assertTrue(notice.contains("has " + name + " in training mode"), notice);
      assertTrue(notice.contains("scores are random"), notice);
      assertTrue(differ(() -> scores(model)), "the same scores every time");
      assertTrue(differ(() -> cam.scores(picture(0))[0]), "the same scores every time");
    }
  }

  /** Two of them may be equal by chance, as where channels are dropped whole; fifty are not. */
  private static boolean differ(Supplier<double[]> scores) {
    double[] first = scores.get();
    return Stream.generate(scores).limit(50).anyMatch(next -> !Arrays.equals(first, next));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = torch.dropout(x, 0.5, self.training)",
        "x = torch.dropout(x, 0.0, True)",
        "x = torch.rrelu(x, 0.1, 0.1, False)",
        "x = x + torch.rand_like(x) if self.training else x",
        "x = torch.instance_norm(x, None, None, None, None, True, 0.1, 0.00001, False)",
        "x = torch.batch_norm(x, None, None, self.m, self.v, self.training, 0.1, 0.1, False)",
      })
  void shouldSayNothingWhereEvaluationModeReachesIt(String step) {
    Path file =
        new MadeModule(step, "return x.mean([2, 3])")
            .buffer("m", 1, 2, 3)
            .buffer("v", 1, 2, 3)
            .save(folder);
    try (TorchScript model = TorchScript.open(file, options(2))) {
      assertArrayEquals(scores(model), scores(model));
      assertEquals(List.of(), model.info().notices());
    }
  }
}
