package dev.quicklime.torch.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Fill;
import dev.quicklime.perturb.Perturbation;
import dev.quicklime.segment.SegmentMap;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorComposerTest {

  private static final int WIDTH = 41;
  private static final int HEIGHT = 29;
  private static final int ROWS = 5;

  /** A picture of noise whose pixels belong to superpixels at random. */
  private static Perturbation perturbation(int channels, int superpixels, boolean colour) {
    Random random = new Random(channels * 1000L + superpixels);
    float[] pixels = new float[WIDTH * HEIGHT * channels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat() * 255;
    }
    int[] labels = new int[WIDTH * HEIGHT];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i < superpixels ? i : random.nextInt(superpixels);
    }
    return Perturbation.of(
        Image.ofFloat(WIDTH, HEIGHT, channels, pixels),
        SegmentMap.of(WIDTH, HEIGHT, labels),
        colour ? Fill.gray() : new Fill.SegmentMean());
  }

  static byte[] composed(
      TorchDevice device, Perturbation picture, MaskMatrix masks, BatchFormat format) {
    boolean last = format.layout() == Layout.NHWC;
    long[] shape = {ROWS, format.preprocessing().channels(), HEIGHT, WIDTH};
    boolean[][] extremes = new boolean[2][masks.columns()];
    Arrays.fill(extremes[0], true);
    try (NativeBuffer both = new NativeBuffer(2 * format.bytes());
        Compositor compositor = Compositor.of(picture, format)) {
      compositor.compose(MaskMatrix.of(extremes), 0, 2, both.segment());
      try (TensorComposer composer =
              new TensorComposer(
                  device,
                  format.type() == PixelType.BFLOAT16,
                  shape,
                  last,
                  picture.segments().labels(),
                  masks.columns(),
                  both.segment());
          NativeBuffer words = new NativeBuffer(ROWS * composer.rowBytes());
          PointerScope _ = new PointerScope()) {
        long[] row = new long[masks.wordsPerRow() * ROWS];
        masks.copyWords(0, ROWS, row);
        MemorySegment.copy(row, 0, words.segment(), JAVA_LONG, 0, row.length);
        Tensor samples =
            composer
                .compose(composer.view(words.segment()).to(device.open(), torch.ScalarType.Byte))
                .cpu();
        assertArrayEquals(
            PixelTensor.strides(shape, last), samples.strides().vec().get(), "order in memory");
        byte[] bytes = new byte[(int) (ROWS * format.bytes())];
        new BytePointer(samples.data_ptr()).get(bytes);
        return bytes;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 64, false",
    "3, 2, true",
    "3, 63, false",
    "3, 65, true",
    "3, 200, false",
    "4, 100, false",
    "4, 129, true",
    "3, 1189, true"
  })
  void shouldComposeTheSameBitsAsTheHost(int channels, int superpixels, boolean colour) {
    Perturbation picture = perturbation(channels, superpixels, colour);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), ROWS - 1, superpixels, 7);
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(WIDTH, HEIGHT)
            .withNormalization(
                Collections.nCopies(channels, 0.4), Collections.nCopies(channels, 0.3));
    // Those that modules are run in.
    for (PixelType type : List.of(PixelType.FLOAT32, PixelType.BFLOAT16)) {
      for (Layout layout : Layout.values()) {
        BatchFormat format = new BatchFormat(input, type, layout);
        byte[] expected = new byte[(int) (ROWS * format.bytes())];
        try (Compositor compositor = Compositor.of(picture, format);
            NativeBuffer batch = new NativeBuffer(expected.length)) {
          compositor.compose(masks, 0, ROWS, batch.segment());
          MemorySegment.copy(batch.segment(), JAVA_BYTE, 0, expected, 0, expected.length);
        }
        assertArrayEquals(
            expected, composed(TorchDevice.cpu(), picture, masks, format), format.toString());
      }
    }
  }

  @Test
  void shouldNameItselfWhenItIsUsedAfterClosing() {
    try (NativeBuffer both = new NativeBuffer(2 * 4);
        NativeBuffer words = new NativeBuffer(8);
        PointerScope _ = new PointerScope()) {
      TensorComposer composer =
          new TensorComposer(
              TorchDevice.cpu(),
              false,
              new long[] {1, 1, 1, 1},
              true,
              new int[1],
              1,
              both.segment());
      composer.close();
      composer.close();
      Tensor rows = composer.view(words.segment());
      assertThrows(IllegalStateException.class, () -> composer.compose(rows));
    }
  }
}
