package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Compose;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.internal.TestModules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations whose samples libtorch composes, on the CPU. */
class DeviceComposingTest {

  private static final int SIZE = 24;

  @TempDir Path folder;

  private TorchScript open(Compose compose, Precision precision, int batch) {
    Path file =
        TestModules.save(
            folder,
            "return torch.stack([x[:, 0].mean([1, 2]), (x[:, 1] * x[:, 2]).mean([1, 2]),"
                + " x[:, :, 3:9].sum([1, 2, 3])], 1)");
    return TorchScript.open(
        file,
        ModelOptions.of(Preprocessing.imageNet().withSize(SIZE, SIZE))
            .withDevice(Device.cpu())
            .withPrecision(precision)
            .withBatch(batch)
            .withThreads(1)
            .withCompose(compose));
  }

  private static Image picture() {
    byte[] pixels = new byte[SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 7);
    }
    return Image.of8(SIZE, SIZE, 3, pixels);
  }

  private Explanation explain(Compose compose, Precision precision, int batch) {
    try (Explainer explainer = Explainer.of(open(compose, precision, batch), Labels.none())) {
      return explainer.explain(
          picture(),
          ExplainOptions.defaults().withSegmenter(new Tiles(9, 8)).withSamples(100),
          Progress.none());
    }
  }

  @ParameterizedTest
  @CsvSource({"FP32, 7", "BF16, 16", "FP32, 101"})
  void shouldGiveTheSameExplanation(Precision precision, int batch) {
    Explanation host = explain(Compose.HOST, precision, batch);
    Explanation device = explain(Compose.DEVICE, precision, batch);
    assertArrayEquals(host.samples().scores(), device.samples().scores());
    assertEquals(host.classes(), device.classes());
    assertTrue(
        device.provenance().model().decisions().contains("composing: on cpu"),
        device.provenance().toString());
  }

  @Test
  void shouldRefuseRowsAndWordsThatDoNotFit() {
    try (TorchScript model = open(Compose.DEVICE, Precision.FP32, 2);
        MaskedScorer scorer =
            model
                .masked(
                    new MaskedPicture(
                        65, new int[SIZE * SIZE], pictures -> pictures.fill((byte) 0)))
                .orElseThrow()) {
      assertEquals(6, scorer.submit(new long[4], 2).await().length);
      assertThrows(InvalidInputException.class, () -> scorer.submit(new long[6], 3));
      assertThrows(InvalidInputException.class, () -> scorer.submit(new long[6], 0));
      assertThrows(InvalidInputException.class, () -> scorer.submit(new long[3], 2));
    }
  }
}
