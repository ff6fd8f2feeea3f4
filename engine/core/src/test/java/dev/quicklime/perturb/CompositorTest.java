package dev.quicklime.perturb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.segment.SegmentMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositorTest {

  private static Image image(int width, int height, int channels) {
    byte[] pixels = new byte[width * height * channels];
    new Random(3).nextBytes(pixels);
    return Image.of8(width, height, channels, pixels);
  }

  private static SegmentMap segments(int width, int height, int count) {
    int[] labels = new int[width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (i * 7 / 3) % count;
    }
    return SegmentMap.relabel(width, height, labels);
  }

  private static Preprocessing input(int width, int height, int channels, ChannelOrder order) {
    List<Double> mean = List.of(0.1, 0.2, 0.3, 0.4).subList(0, channels);
    List<Double> std = List.of(0.5, 0.6, 0.7, 0.8).subList(0, channels);
    return Preprocessing.imageNet()
        .withSize(width, height)
        .withNormalization(mean, std)
        .withOrder(order);
  }

  /** Whole levels are not normalised. */
  private static BatchFormat format(Preprocessing input, PixelType type, Layout layout) {
    return new BatchFormat(
        type == PixelType.UINT8 ? input.withoutNormalization() : input, type, layout);
  }

  private static float read(MemorySegment batch, long at, PixelType type) {
    return switch (type) {
      case FLOAT32 -> batch.get(JAVA_FLOAT, at);
      case BFLOAT16 -> Float.intBitsToFloat(batch.get(JAVA_SHORT, at) << 16);
      case FLOAT16 -> Float.float16ToFloat(batch.get(JAVA_SHORT, at));
      case UINT8 -> Byte.toUnsignedInt(batch.get(JAVA_BYTE, at));
    };
  }

  /** Half of a last place, for numbers around 1. */
  private static double tolerance(PixelType type) {
    return switch (type) {
      case FLOAT32 -> 1e-7;
      case BFLOAT16 -> 1.0 / 256;
      case FLOAT16 -> 1.0 / 2048;
      case UINT8 -> 1e-12;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, NCHW, RGB",
    "7, 1, NCHW, RGB",
    "33, 3, NHWC, BGR",
    "20, 4, NHWC, RGB",
    "16, 3, NCHW, BGR",
    "70, 2, NCHW, RGB",
    "70, 2, NHWC, RGB",
    "150, 4, NCHW, RGB",
    "99, 3, NHWC, RGB"
  })
  void shouldWriteNormalisedPixelsOfEachSample(
      int width, int channels, Layout layout, ChannelOrder order) {
    int height = 13;
    Image image = image(width, height, channels);
    SegmentMap segments = segments(width, height, 9);
    Preprocessing input = input(width, height, channels, order);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 6, segments.count(), 1);
    Perturbation perturbation = Perturbation.of(image, segments, Fill.gray());
    for (PixelType type : PixelType.values()) {
      BatchFormat format = format(input, type, layout);
      Preprocessing used = format.preprocessing();
      try (Arena arena = Arena.ofConfined();
          Compositor compositor = Compositor.of(perturbation, format)) {
        MemorySegment batch = arena.allocate(3 * format.bytes());
        compositor.compose(masks, 2, 3, batch);
        for (int row = 0; row < 3; row++) {
          for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
              for (int c = 0; c < channels; c++) {
                int source = order == ChannelOrder.BGR ? channels - 1 - c : c;
                double level =
                    masks.shown(row + 2, segments.label(x, y)) ? image.value(x, y, source) : 128;
                double expected = (level / 255 - used.mean().get(source)) / used.std().get(source);
                int element =
                    layout == Layout.NCHW
                        ? (c * height + y) * width + x
                        : (y * width + x) * channels + c;
                long at = row * format.bytes() + (long) element * type.bytes();
                float got = read(batch, at, type);
                double tolerance = tolerance(type);
                assertEquals(expected, got, tolerance * Math.max(1, Math.abs(expected)));
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"37, 29, 1", "37, 29, 3", "61, 53, 4", "64, 48, 5"})
  void shouldWriteTheSameBytesWithBothKernelsAndWhateverTheBatch(
      int width, int height, int channels) {
    Image image = image(width, height, channels);
    SegmentMap segments = segments(width, height, 100);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 20, segments.count(), 1);
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(width, height)
            .withNormalization(
                Collections.nCopies(channels, 0.4), Collections.nCopies(channels, 0.2));
    for (Fill fill : List.of(Fill.gray(), new Fill.ImageMean(), new Fill.SegmentMean())) {
      Perturbation perturbation = Perturbation.of(image, segments, fill);
      for (PixelType type : PixelType.values()) {
        for (Layout layout : Layout.values()) {
          BatchFormat format = format(input, type, layout);
          assertEquals(-1, mismatch(perturbation, format, masks), fill + " in " + format);
        }
      }
    }
  }

  /** First byte in which the vector kernels' parts differ from the scalar ones' whole, or −1. */
  private static long mismatch(Perturbation perturbation, BatchFormat format, MaskMatrix masks) {
    try (Arena arena = Arena.ofConfined();
        Compositor scalar = compositor(perturbation, format, Implementation.SCALAR);
        Compositor vector = compositor(perturbation, format, Implementation.VECTOR)) {
      MemorySegment whole = arena.allocate(21 * format.bytes());
      MemorySegment parts = arena.allocate(21 * format.bytes());
      scalar.compose(masks, 0, 21, whole);
      for (int first = 0; first < 21; first += 7) {
        vector.compose(masks, first, 7, parts.asSlice(first * format.bytes()));
      }
      return whole.mismatch(parts);
    }
  }

  private static Compositor compositor(
      Perturbation perturbation, BatchFormat format, Implementation form) {
    return Compositor.of(perturbation, format, KernelSet.of(form));
  }

  /** Above 16 MiB samples are written whole, one after the other. */
  @ParameterizedTest
  @EnumSource(Layout.class)
  void shouldWriteTheSameBytesInALargeBatch(Layout layout) {
    Image image = image(317, 241, 3);
    Perturbation perturbation = Perturbation.of(image, segments(317, 241, 60), Fill.gray());
    BatchFormat format =
        new BatchFormat(input(317, 241, 3, ChannelOrder.RGB), PixelType.FLOAT32, layout);
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 20, 60, 1);
    assertTrue(21 * format.bytes() > 16 << 20);
    assertEquals(-1, mismatch(perturbation, format, masks));
  }

  /** Pairs of samples are composed up to 512 superpixels, where the rows fit a vector. */
  @ParameterizedTest
  @ValueSource(ints = {2, 128, 129, 256, 257, 512, 513, 680})
  void shouldWriteTheSameBytesForAnyNumberOfSuperpixels(int superpixels) {
    Image image = image(61, 53, 3);
    Perturbation perturbation = Perturbation.of(image, segments(61, 53, superpixels), Fill.gray());
    MaskMatrix masks =
        MaskSampler.draw(Bernoulli.defaults(), 20, perturbation.segments().count(), 1);
    for (PixelType type : PixelType.values()) {
      BatchFormat format = format(input(61, 53, 3, ChannelOrder.BGR), type, Layout.NHWC);
      assertEquals(-1, mismatch(perturbation, format, masks), format.toString());
    }
  }

  @Test
  void shouldRefuseMoreSuperpixelsThanHaveAPlace() {
    int[] labels = IntStream.range(0, 400 * 400).toArray();
    SegmentMap segments = SegmentMap.of(400, 400, labels);
    Perturbation perturbation = Perturbation.of(image(400, 400, 1), segments, Fill.gray());
    BatchFormat format = BatchFormat.of(input(400, 400, 1, ChannelOrder.RGB));
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class, () -> Compositor.of(perturbation, format).close());
    assertEquals("superpixels must be at most 131072, got 160000", refusal.getMessage());
  }

  @Test
  void shouldComposeOnSeveralThreadsAtOnce() {
    Image image = image(64, 64, 3);
    SegmentMap segments = segments(64, 64, 50);
    BatchFormat format = BatchFormat.of(input(64, 64, 3, ChannelOrder.RGB));
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 64, 50, 1);
    try (Arena arena = Arena.ofShared();
        Compositor compositor =
            Compositor.of(Perturbation.of(image, segments, Fill.gray()), format)) {
      MemorySegment whole = arena.allocate(64 * format.bytes());
      compositor.compose(masks, 0, 64, whole);
      MemorySegment parts = arena.allocate(64 * format.bytes());
      IntStream.range(0, 64)
          .parallel()
          .forEach(i -> compositor.compose(masks, i, 1, parts.asSlice(i * format.bytes())));
      assertEquals(-1, whole.mismatch(parts));
    }
  }

  @Test
  void shouldNameItselfWhenUsedAfterClosing() {
    Perturbation perturbation = Perturbation.of(image(8, 8, 3), segments(8, 8, 4), Fill.gray());
    BatchFormat format = BatchFormat.of(input(8, 8, 3, ChannelOrder.RGB));
    Compositor compositor = Compositor.of(perturbation, format);
    compositor.close();
    compositor.close();
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 5, 4, 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocate(format.bytes());
      IllegalStateException closed =
          assertThrows(IllegalStateException.class, () -> compositor.compose(masks, 0, 1, one));
      assertEquals("this compositor is closed", closed.getMessage());
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    Image image = image(8, 8, 3);
    SegmentMap segments = segments(8, 8, 4);
    Perturbation perturbation = Perturbation.of(image, segments, Fill.gray());
    BatchFormat format = BatchFormat.of(input(8, 8, 3, ChannelOrder.RGB));
    BatchFormat wide = BatchFormat.of(input(9, 8, 3, ChannelOrder.RGB));
    assertThrows(InvalidInputException.class, () -> Compositor.of(perturbation, wide));
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 5, 4, 1);
    MaskMatrix others = MaskSampler.draw(Bernoulli.defaults(), 5, 5, 1);
    try (Compositor compositor = Compositor.of(perturbation, format)) {
      refusals(compositor, masks, others, format);
    }
  }

  private static void refusals(
      Compositor compositor, MaskMatrix masks, MaskMatrix others, BatchFormat format) {
    MemorySegment one = MemorySegment.ofArray(new byte[(int) format.bytes()]);
    assertThrows(InvalidInputException.class, () -> compositor.compose(masks, 0, 2, one));
    assertThrows(InvalidInputException.class, () -> compositor.compose(masks, 6, 1, one));
    assertThrows(InvalidInputException.class, () -> compositor.compose(masks, -1, 1, one));
    assertThrows(InvalidInputException.class, () -> compositor.compose(others, 0, 1, one));
    byte[] before = one.toArray(JAVA_BYTE);
    compositor.compose(masks, 6, 0, one);
    assertEquals(-1, MemorySegment.ofArray(before).mismatch(one));
  }
}
