package dev.quicklime.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectKernelTest {

  private static final int GUARD = 64;
  private static final byte CANARY = (byte) 0xA5;

  private final SelectKernel scalar = new ScalarSelectKernel();
  private final SelectKernel vector = new VectorSelectKernel();

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 7, 8, 13, 15, 16, 17, 31, 33, 63, 65, 207, 511, 512, 513, 1024, 1541, 4098})
  void shouldWriteTheSameBytesAsTheScalarLoop(int n) {
    Random random = new Random(n);
    for (int planes : new int[] {1, 3, 5}) {
      for (int d : new int[] {1, 64, 100, 400}) {
        for (int samples : new int[] {1, 2, 31, 32}) {
          int[] labels = random.ints(n, 0, d).toArray();
          int[] states = random.ints(d).toArray();
          float[] shown = floats(random, n * planes);
          float[] filled = floats(random, n * planes);
          short[] shownShorts = shorts(random, n * planes);
          short[] filledShorts = shorts(random, n * planes);
          byte[][] results = new byte[4][];
          int at = 0;
          for (SelectKernel kernel : new SelectKernel[] {scalar, vector}) {
            int[] scratch = random.ints(SelectKernel.SCRATCH).toArray();
            results[at++] =
                written(
                    4 * n * planes * samples,
                    (out, offset) ->
                        kernel.selectFloats(
                            labels, planes, states, samples, shown, filled, out, offset, scratch));
            results[at++] =
                written(
                    2 * n * planes * samples,
                    (out, offset) ->
                        kernel.selectShorts(
                            labels,
                            planes,
                            states,
                            samples,
                            shownShorts,
                            filledShorts,
                            out,
                            offset,
                            scratch));
          }
          assertArrayEquals(results[0], results[2]);
          assertArrayEquals(results[1], results[3]);
        }
      }
    }
  }

  private interface Writer {
    void write(MemorySegment out, long offset);
  }

  /** The bytes that were written; fails if any outside of them was touched. */
  private static byte[] written(int bytes, Writer writer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(bytes + 2L * GUARD);
      out.fill(CANARY);
      writer.write(out, GUARD);
      byte[] all = out.toArray(JAVA_BYTE);
      for (int i = 0; i < GUARD; i++) {
        assertEquals(CANARY, all[i], "byte before the picture");
        assertEquals(CANARY, all[all.length - 1 - i], "byte after the picture");
      }
      return Arrays.copyOfRange(all, GUARD, GUARD + bytes);
    }
  }

  private static float[] floats(Random random, int length) {
    float[] special = {Float.NaN, -0.0f, 0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 1e38f};
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(4) == 0 ? special[random.nextInt(6)] : random.nextFloat();
    }
    return values;
  }

  private static short[] shorts(Random random, int length) {
    short[] values = new short[length];
    for (int i = 0; i < length; i++) {
      values[i] = (short) random.nextInt();
    }
    return values;
  }

  @Test
  void shouldTakeShownValuesWhereTheBitOfTheSampleIsSet() {
    byte[] bytes =
        written(
            2 * 3 * 2,
            (out, offset) ->
                scalar.selectShorts(
                    new int[] {1, 0, 1},
                    1,
                    new int[] {0b10, 0b01},
                    2,
                    new short[] {0x0101, 0x0202, 0x0303},
                    new short[] {0x1111, 0x1212, 0x1313},
                    out,
                    offset,
                    new int[SelectKernel.SCRATCH]));
    assertArrayEquals(new byte[] {1, 1, 0x12, 0x12, 3, 3, 0x11, 0x11, 2, 2, 0x13, 0x13}, bytes);
  }

  @Test
  void shouldUseTheWidthThatWasAskedFor() {
    String asked = System.getProperty(VectorWidth.PROPERTY);
    if (asked != null) {
      assertEquals(Integer.parseInt(asked), VectorWidth.bits());
    }
    if (System.getProperty("dev.quicklime.kernels", "auto").equals("scalar")) {
      assertEquals("scalar", Kernels.description());
    } else {
      assertEquals("vector " + VectorWidth.bits() + " bits", Kernels.description());
    }
  }
}
