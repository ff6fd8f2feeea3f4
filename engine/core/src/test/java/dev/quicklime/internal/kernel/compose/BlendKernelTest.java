package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlendKernelTest {

  private static final int GUARD = 64;
  private static final int GAP = 6;
  private static final byte CANARY = (byte) 0xA5;

  /** NaNs, infinity, a zero, a denormal and the largest number, as bits. */
  private static final int[] SPECIAL = {
    0x7fc00000, 0x7f800001, 0xff800000, 0x80000000, 1, 0x7f7fffff
  };

  private final Random random = new Random(5);

  private int[][] planes(int planes, int count) {
    int[][] values = new int[planes][count];
    for (int[] plane : values) {
      for (int i = 0; i < count; i++) {
        plane[i] = random.nextInt(4) == 0 ? SPECIAL[random.nextInt(6)] : random.nextInt();
      }
    }
    return values;
  }

  private static int[][] repeated(int[][] period, int count) {
    int[][] values = new int[period.length][count];
    for (int p = 0; p < period.length; p++) {
      for (int i = 0; i < count; i++) {
        values[p][i] = period[p][i % period[p].length];
      }
    }
    return values;
  }

  private static void put(MemorySegment to, long at, int bytes, int value) {
    switch (bytes) {
      case Float.BYTES -> to.set(JAVA_INT_UNALIGNED, at, value);
      case Short.BYTES -> to.set(JAVA_SHORT_UNALIGNED, at, (short) value);
      default -> to.set(JAVA_BYTE, at, (byte) value);
    }
  }

  /** Planes interleaved by units of some bytes, after {@code skip} units of each. */
  private static MemorySegment units(Arena arena, int[][] planes, int unit, int bytes, int skip) {
    int perUnit = unit / bytes;
    int units = (planes[0].length + perUnit - 1) / perUnit + skip;
    MemorySegment to = arena.allocate((long) units * unit * planes.length, GUARD);
    for (int p = 0; p < planes.length; p++) {
      for (int i = 0; i < planes[p].length; i++) {
        long at = ((i / perUnit + skip) * (long) planes.length + p) * unit;
        put(to, at + (long) i % perUnit * bytes, bytes, planes[p][i]);
      }
    }
    return to;
  }

  private interface Call {
    void run(MemorySegment out, long target, long stride);
  }

  /**
   * Checks what a call writes, and that it writes nothing else. The planes are a few bytes apart,
   * so that their starts are not aligned.
   */
  private static void check(
      byte[] bits, int[][] shown, IntBinaryOperator filled, int bytes, String what, Call call) {
    int count = shown[0].length;
    long stride = (long) count * bytes + GAP;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment expected = arena.allocate(GUARD + stride * shown.length + GUARD);
      expected.fill(CANARY);
      for (int p = 0; p < shown.length; p++) {
        for (int i = 0; i < count; i++) {
          boolean isShown = (bits[i / 8] >>> (i % 8) & 1) != 0;
          int value = isShown ? shown[p][i] : filled.applyAsInt(p, i);
          put(expected, GUARD + p * stride + (long) i * bytes, bytes, value);
        }
      }
      MemorySegment out = arena.allocate(expected.byteSize());
      out.fill(CANARY);
      call.run(out, GUARD, stride);
      assertArrayEquals(expected.toArray(JAVA_BYTE), out.toArray(JAVA_BYTE), what);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 3, 7, 8, 13, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 95, 96, 97, 191, 192, 193, 207,
        500, 1541
      })
  void shouldTakeShownOrFilledAsTheBitSays(int count) {
    byte[] bits = BitRow.of(count);
    random.nextBytes(bits);
    for (Implementation form : Implementation.values()) {
      for (int bytes : new int[] {Float.BYTES, Short.BYTES, Byte.BYTES}) {
        for (int planes : new int[] {1, 3}) {
          picture(form, bits, count, bytes, planes);
          colour(form, bits, count, bytes, planes);
        }
        threeChannels(form, bits, count, bytes);
      }
    }
  }

  private void picture(Implementation form, byte[] bits, int count, int bytes, int planes) {
    BlendKernel kernel = KernelSet.of(form).blends();
    int[][] shown = planes(planes, count);
    int[][] filled = planes(planes, count);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = units(arena, shown, kernel.unit(), bytes, 2);
      MemorySegment b = units(arena, filled, kernel.unit(), bytes, 2);
      long at = 2L * kernel.unit() * planes;
      Call call =
          switch (bytes) {
            case Float.BYTES ->
                (out, to, gap) -> kernel.floats(bits, count, planes, a, b, at, out, to, gap);
            case Short.BYTES ->
                (out, to, gap) -> kernel.shorts(bits, count, planes, a, b, at, out, to, gap);
            default -> (out, to, gap) -> kernel.bytes(bits, count, planes, a, b, at, out, to, gap);
          };
      check(bits, shown, (p, i) -> filled[p][i], bytes, form + " picture", call);
    }
  }

  private void colour(Implementation form, byte[] bits, int count, int bytes, int planes) {
    BlendKernel kernel = KernelSet.of(form).blends();
    int[][] shown = planes(planes, count);
    int[][] colour = planes(planes, 4);
    int n = count;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = units(arena, shown, kernel.unit(), bytes, 0);
      int[][] unit = repeated(colour, kernel.unit() / bytes);
      MemorySegment b = units(arena, unit, kernel.unit(), bytes, 0);
      Call call =
          switch (bytes) {
            case Float.BYTES ->
                (out, to, gap) -> kernel.floatsOnColour(bits, n, planes, a, b, 0, out, to, gap);
            case Short.BYTES ->
                (out, to, gap) -> kernel.shortsOnColour(bits, n, planes, a, b, 0, out, to, gap);
            default ->
                (out, to, gap) -> kernel.bytesOnColour(bits, n, planes, a, b, 0, out, to, gap);
          };
      check(bits, shown, (p, i) -> colour[p][i % 4], bytes, form + " colour", call);
    }
  }

  private void threeChannels(Implementation form, byte[] bits, int count, int bytes) {
    BlendKernel kernel = KernelSet.of(form).blends();
    int[][] shown = planes(1, count);
    int[][] colour = planes(1, 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = units(arena, shown, kernel.unit(), bytes, 3);
      int[][] units = repeated(colour, 3 * kernel.unit() / bytes);
      MemorySegment b = units(arena, units, kernel.unit(), bytes, 0);
      long at = 3L * kernel.unit();
      Call call =
          switch (bytes) {
            case Float.BYTES ->
                (out, to, _) -> kernel.floatsOnThreeChannels(bits, count, a, b, at, out, to);
            case Short.BYTES ->
                (out, to, _) -> kernel.shortsOnThreeChannels(bits, count, a, b, at, out, to);
            default -> (out, to, _) -> kernel.bytesOnThreeChannels(bits, count, a, b, at, out, to);
          };
      check(bits, shown, (_, i) -> colour[0][i % 3], bytes, form + " three channels", call);
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldHaveAUnitThatAPaddedPlaneHolds(Implementation form) {
    int unit = KernelSet.of(form).blends().unit();
    assertTrue(unit >= 16 && BlendKernel.MAX_UNIT % unit == 0, "unit " + unit);
  }
}
