package dev.quicklime.perturb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Image;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.segment.SegmentMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How numbers are rounded to the formats of a batch. */
class NormalizerTest {

  private static final Preprocessing GRAY =
      Preprocessing.imageNet().withNormalization(List.of(.3), List.of(.7));

  @Test
  void shouldRoundToTheNearestBfloat16() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value) && Math.abs(value) < 1e38f) {
        short got = Normalizer.bfloat16(value);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal error = distance(exact, got);
        assertEquals(
            true,
            error.compareTo(distance(exact, (short) (got + 1))) <= 0
                && error.compareTo(distance(exact, (short) (got - 1))) <= 0,
            "of " + value);
      }
    }
    // Half-way cases go to the even neighbour.
    assertEquals((short) 0x3f80, Normalizer.bfloat16(Float.intBitsToFloat(0x3f808000)));
    assertEquals((short) 0x3f82, Normalizer.bfloat16(Float.intBitsToFloat(0x3f818000)));
    assertEquals((short) 0x8000, Normalizer.bfloat16(-0.0f));
  }

  private static BigDecimal distance(BigDecimal exact, short bfloat16) {
    float value = Float.intBitsToFloat(bfloat16 << 16);
    return Float.isFinite(value)
        ? exact.subtract(new BigDecimal(value)).abs()
        : new BigDecimal("1e99");
  }

  @Test
  void shouldRoundToTheNearestFloat16() {
    Preprocessing input = GRAY.withSize(256, 1);
    BatchFormat format = new BatchFormat(input, PixelType.FLOAT16, Layout.NCHW);
    Normalizer normalizer = new Normalizer(format);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment batch = arena.allocate(format.bytes());
      for (int level = 0; level < 256; level++) {
        normalizer.put(batch, level, level, 0);
        short got = batch.getAtIndex(JAVA_SHORT, level);
        double expected = (level / 255.0 - .3) / .7;
        double error = Math.abs(Float.float16ToFloat(got) - expected);
        for (int next = -1; next <= 1; next += 2) {
          assertTrue(error <= Math.abs(Float.float16ToFloat((short) (got + next)) - expected));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "-0.5, 0",
    "-7, 0",
    "0.5, 0",
    "0.500001, 1",
    "1.5, 2",
    "2.5, 2",
    "3, 3",
    "127.5, 128",
    "128.5, 128",
    "254.5, 254",
    "254.6, 255",
    "255, 255",
    "255.4, 255",
    "300, 255",
  })
  void shouldRoundToTheNearestWholeLevel(float level, int expected) {
    assertEquals(expected, Byte.toUnsignedInt(Normalizer.uint8(level)));
  }

  /** Means of 1 and 2, of 2 and 3, and of 0, 0 and 1. */
  @Test
  void shouldRoundAFillOfMeansToWholeLevels() {
    Image image = Image.of8(7, 1, 1, new byte[] {1, 2, 2, 3, 0, 0, 1});
    SegmentMap segments = SegmentMap.of(7, 1, new int[] {0, 0, 1, 1, 2, 2, 2});
    BatchFormat format =
        new BatchFormat(GRAY.withSize(7, 1).withoutNormalization(), PixelType.UINT8, Layout.NCHW);
    byte[] pixels = new byte[7];
    try (Arena arena = Arena.ofConfined();
        Compositor compositor =
            Compositor.of(Perturbation.of(image, segments, new Fill.SegmentMean()), format)) {
      MemorySegment batch = arena.allocate(7);
      compositor.compose(
          MaskMatrix.of(new boolean[][] {{true, true, true}, {false, false, false}}), 1, 1, batch);
      MemorySegment.copy(batch, JAVA_BYTE, 0, pixels, 0, 7);
    }
    assertArrayEquals(new byte[] {2, 2, 2, 2, 0, 0, 0}, pixels);
  }

  @Test
  void shouldNotNormaliseWholeLevels() {
    assertTrue(GRAY.withoutNormalization().leavesLevels());
    assertTrue(
        Preprocessing.imageNet()
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(.003921569, .0039216, .00392))
            .leavesLevels());
    assertThrows(
        InvalidInputException.class, () -> new BatchFormat(GRAY, PixelType.UINT8, Layout.NCHW));
  }
}
