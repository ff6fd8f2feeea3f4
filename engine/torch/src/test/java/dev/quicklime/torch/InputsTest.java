package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.MadeModule;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that take their pictures in another way than most. */
class InputsTest {

  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;

  @TempDir Path folder;

  private static ModelOptions options(double std) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(WIDTH, HEIGHT)
            .withNormalization(Collections.nCopies(3, 0.0), Collections.nCopies(3, std));
    return ModelOptions.of(input)
        .withBatch(2)
        .withThreads(1)
        .withPrecision(Precision.FP32)
        .withDevice(Device.cpu());
  }

  private static float pixel(int picture, int channel, int y, int x) {
    return (float) Math.sin(picture + 2 * channel + 0.3 * y * x + x);
  }

  private static double[] scores(TorchScript model) {
    try (Batch batch = model.newBatch()) {
      int i = 0;
      for (int n = 0; n < 2; n++) {
        for (int y = 0; y < HEIGHT; y++) {
          for (int x = 0; x < WIDTH; x++) {
            for (int c = 0; c < 3; c++) {
              batch.pixels().setAtIndex(JAVA_FLOAT, i++, pixel(n, c, y, x));
            }
          }
        }
      }
      return model.score(batch, 2);
    }
  }

  private static CamInput picture() {
    float[] values = new float[3 * WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixel(0, i / (WIDTH * HEIGHT), i / WIDTH % HEIGHT, i % WIDTH);
    }
    return CamInput.of(values, 1, 3, HEIGHT, WIDTH);
  }

  /** Convolution, rectifier, pooling and a linear layer. */
  private Path network(String before, int channels) {
    return new MadeModule(
            before,
            "x = torch.relu(torch.conv2d(x, self.a))",
            "return torch.linear(x.mean([2, 3]), self.w)")
        .random("a", 5, channels, 2, 2)
        .random("w", 3, 5)
        .save(folder);
  }

  @Test
  void shouldGiveChannelsLastToAModelThatTakesThemSo() {
    try (TorchScript first = TorchScript.open(network("x = x + 0.0", 3), options(1));
        TorchScript last = TorchScript.open(network("x = x.permute([0, 3, 1, 2])", 3), options(1));
        GradCam firstCam = GradCam.load(network("x = x + 0.0", 3), Device.cpu(), 1);
        GradCam lastCam =
            GradCam.load(network("x = x.permute([0, 3, 1, 2])", 3), Device.cpu(), 1)) {
      assertArrayEquals(scores(first), scores(last), 1e-5);
      assertTrue(first.info().decisions().isEmpty());
      assertTrue(last.info().decisions().getFirst().contains("channels last"));
      CamMap expected = firstCam.explain(picture(), CamOptions.defaults()).first().getFirst();
      CamMap found = lastCam.explain(picture(), CamOptions.defaults()).first().getFirst();
      assertArrayEquals(expected.values(), found.values(), 1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'takes pictures of 1 channel, got 3: give a mean and a deviation for each channel'",
    "4, 'takes pictures of 4 channels, got 3'",
    "9, '9 of either, and pictures that have as many'",
  })
  void shouldNameTheChannelsThatAModelTakes(int channels, String expected) {
    refused(network("x = x + 0.0", channels), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch.conv3d(x, self.a).mean([2, 3, 4]) | takes clips of frames",
        "torch.conv2d(x.transpose(2, 4).flatten(0, 1), self.b).mean([2, 3]) | takes clips of"
            + " frames",
        "x.mean([2, 3]) if x.size(1) == 99 else (x & 15).mean([2, 3]) | takes whole numbers",
        "torch.batch_norm(x, None, None, self.m, self.m, False, 0.1, 0.1, False).mean([2, 3])"
            + " | takes pictures of 2 channels, got 3",
      })
  void shouldSayWhatElseAModelTakes(String body, String expected) {
    Path file =
        new MadeModule("return " + body.strip())
            .random("a", 2, 3, 2, 2, 2)
            .random("b", 2, 3, 2, 2)
            .buffer("m", 1, 2)
            .save(folder);
    refused(file, expected);
  }

  private static void refused(Path file, String expected) {
    try (TorchScript model = TorchScript.open(file, options(1));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> scores(model));
      QuicklimeException other =
          assertThrows(
              QuicklimeException.class, () -> cam.explain(picture(), CamOptions.defaults()));
      for (QuicklimeException each : List.of(e, other)) {
        String said = String.valueOf(each.getMessage());
        assertTrue(said.contains(expected), said);
        assertTrue(said.contains("model " + file.getFileName()), said);
        assertEquals(1, said.lines().count(), said);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'x = x.float() / 255.0', true",
    "'x = x.permute([0, 1, 2, 3]).mul(0.00392)', true",
    "'x = (x - 127.5) / 127.5', true",
    "'x = x.to(0).float()', true",
    "'x = x.float() / 0.229', false",
    "'x = x - 0.485', false",
    "'x = x.float()', false",
  })
  void shouldSayThatAModelTakesPixelsUpTo255(String before, boolean bytes) {
    Path file = network(before, 3);
    try (TorchScript normalised = TorchScript.open(file, options(1));
        TorchScript whole = TorchScript.open(file, options(1 / 255.0));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      assertEquals(bytes ? 1 : 0, normalised.info().notices().size());
      assertTrue(!bytes || normalised.info().notices().getFirst().contains("0.00392157"));
      assertEquals(List.of(), whole.info().notices());
      assertEquals(
          normalised.info().notices(), cam.explain(picture(), CamOptions.defaults()).notices());
    }
  }

  @Test
  void shouldMakeTensorsOnTheDeviceThatItRunsOn() {
    Path file = network("x = x + torch.zeros([1], device=torch.device(\"cuda:0\")) + 0.0", 3);
    try (TorchScript model = TorchScript.open(file, options(1));
        TorchScript plain = TorchScript.open(network("x = x + 0.0", 3), options(1));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      assertArrayEquals(scores(plain), scores(model), 1e-6);
      assertArrayEquals(
          cam.scores(picture())[0],
          new double[] {scores(model)[0], scores(model)[1], scores(model)[2]},
          1e-5);
      assertEquals(
          List.of("device: cuda:0, which a trace wrote into the file, is taken for cpu"),
          model.info().decisions());
    }
  }

  private static String refused(Executable run) {
    return String.valueOf(assertThrows(QuicklimeException.class, run).getMessage());
  }

  /** The first as a vision transformer of torchvision has it that was traced without gradients. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch._native_multi_head_attention(t, t, t, 4, 2, self.w, self.b, self.v, self.c, None,"
            + " False, True)[0] | _native_multi_head_attention | set_fastpath_enabled(False)",
        "torch.heaviside(t, t) | heaviside | choose a layer behind it",
        "torch.igamma(torch.exp(t), torch.exp(t)) | igamma | choose a layer behind it"
      })
  void shouldSayHowAStepWithoutADerivativeIsAvoided(String step, String name, String remedy) {
    Path file =
        new MadeModule(
                "x = self.body.forward(x)",
                "t = x.flatten(2).transpose(1, 2)",
                "y = " + step,
                "return y.mean([1])")
            .child("body", new MadeModule("return torch.conv2d(x, self.a)").random("a", 4, 3, 1, 1))
            .random("w", 12, 4)
            .random("b", 12)
            .random("v", 4, 4)
            .random("c", 4)
            .save(folder);
    try (TorchScript model = TorchScript.open(file, options(1));
        GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      assertTrue(Double.isFinite(scores(model)[0]));
      String message =
          refused(() -> cam.explain(picture(), CamOptions.defaults().withLayer("body")));
      assertTrue(message.contains("without a derivative, " + name), message);
      assertTrue(message.contains(remedy), message);
    }
  }

  /**
   * As EdgeNeXt's places, which are computed in fp32 and cast to what it was traced in; and the
   * other way round, a trace that was made in bf16.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6 | BF16 | torch.conv2d(x, self.a)",
        "6 | BF16 | torch.conv2d(x, self.a, self.b)",
        "6 | BF16 | torch.matmul(x.transpose(1, 3), self.m)",
        "6 | BF16 | torch.batch_norm(x, self.b, self.v, self.b, self.v, False, 0.1, 0.1, True)",
        "15 | FP32 | torch.conv2d(x, self.a)",
        "15 | FP32 | torch.matmul(x.transpose(1, 3), self.m)"
      })
  void shouldSayThatAFormatIsWrittenIntoATrace(int format, Precision precision, String step) {
    Path file =
        new MadeModule("x = x.to(" + format + ")", "x = " + step, "return x.mean([2, 3])")
            .random("a", 3, 3, 1, 1)
            .random("m", 3, 3)
            .with("b", new float[] {1, 2, 3}, 3)
            .with("v", new float[] {1, 2, 3}, 3)
            .save(folder);
    Precision traced = precision == Precision.BF16 ? Precision.FP32 : Precision.BF16;
    try (TorchScript mixed = TorchScript.open(file, options(1).withPrecision(precision));
        TorchScript right = TorchScript.open(file, options(1).withPrecision(traced));
        Batch black = mixed.newBatch();
        Batch other = right.newBatch()) {
      assertTrue(Double.isFinite(right.score(other, 2)[0]));
      String message = refused(() -> mixed.score(black, 2));
      assertTrue(message.contains("run it in the one that it was traced in"), message);
    }
  }
}
