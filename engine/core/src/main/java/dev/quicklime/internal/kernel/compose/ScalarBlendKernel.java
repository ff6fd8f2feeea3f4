package dev.quicklime.internal.kernel.compose;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The specification: {@code out[p][i] = bit i ? shown[p][i] : filled[p][i]}, where element i of
 * plane p lies in unit {@code i / L} at place {@code i % L}, L the elements of a unit. With one
 * colour, filled[p][i] is place {@code i % L} of the colour's unit p; with three channels it is
 * element {@code i % 3L} of the three units.
 */
public final class ScalarBlendKernel implements BlendKernel {

  private static final int UNIT = 64;

  @Override
  public int unit() {
    return UNIT;
  }

  @Override
  public void floats(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    floats(UNIT, bits, 0, count, planes, shown, filled, at, out, target, stride);
  }

  /** Elements from one of them on, for the end that does not fill a vector. */
  static void floats(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      MemorySegment source = isShown(bits, i) ? shown : filled;
      for (int p = 0; p < planes; p++) {
        float value = source.get(JAVA_FLOAT_UNALIGNED, at + place(unit, i, planes, p, 4));
        out.set(JAVA_FLOAT_UNALIGNED, target + p * stride + 4L * i, value);
      }
    }
  }

  @Override
  public void floatsOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    floatsOnColour(UNIT, bits, 0, count, planes, shown, colour, at, out, target, stride);
  }

  static void floatsOnColour(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      for (int p = 0; p < planes; p++) {
        float value =
            isShown(bits, i)
                ? shown.get(JAVA_FLOAT_UNALIGNED, at + place(unit, i, planes, p, 4))
                : colour.get(JAVA_FLOAT_UNALIGNED, (long) p * unit + 4L * i % unit);
        out.set(JAVA_FLOAT_UNALIGNED, target + p * stride + 4L * i, value);
      }
    }
  }

  @Override
  public void floatsOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    floatsOnThreeChannels(UNIT, bits, 0, count, shown, colour, at, out, target);
  }

  static void floatsOnThreeChannels(
      int unit,
      byte[] bits,
      int from,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    for (int i = from; i < count; i++) {
      float value =
          isShown(bits, i)
              ? shown.get(JAVA_FLOAT_UNALIGNED, at + 4L * i)
              : colour.get(JAVA_FLOAT_UNALIGNED, 4L * i % (3L * unit));
      out.set(JAVA_FLOAT_UNALIGNED, target + 4L * i, value);
    }
  }

  @Override
  public void shorts(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    shorts(UNIT, bits, 0, count, planes, shown, filled, at, out, target, stride);
  }

  /** Elements from one of them on, for the end that does not fill a vector. */
  static void shorts(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      MemorySegment source = isShown(bits, i) ? shown : filled;
      for (int p = 0; p < planes; p++) {
        short value = source.get(JAVA_SHORT_UNALIGNED, at + place(unit, i, planes, p, 2));
        out.set(JAVA_SHORT_UNALIGNED, target + p * stride + 2L * i, value);
      }
    }
  }

  @Override
  public void shortsOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    shortsOnColour(UNIT, bits, 0, count, planes, shown, colour, at, out, target, stride);
  }

  static void shortsOnColour(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      for (int p = 0; p < planes; p++) {
        short value =
            isShown(bits, i)
                ? shown.get(JAVA_SHORT_UNALIGNED, at + place(unit, i, planes, p, 2))
                : colour.get(JAVA_SHORT_UNALIGNED, (long) p * unit + 2L * i % unit);
        out.set(JAVA_SHORT_UNALIGNED, target + p * stride + 2L * i, value);
      }
    }
  }

  @Override
  public void shortsOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    shortsOnThreeChannels(UNIT, bits, 0, count, shown, colour, at, out, target);
  }

  static void shortsOnThreeChannels(
      int unit,
      byte[] bits,
      int from,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    for (int i = from; i < count; i++) {
      short value =
          isShown(bits, i)
              ? shown.get(JAVA_SHORT_UNALIGNED, at + 2L * i)
              : colour.get(JAVA_SHORT_UNALIGNED, 2L * i % (3L * unit));
      out.set(JAVA_SHORT_UNALIGNED, target + 2L * i, value);
    }
  }

  @Override
  public void bytes(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    bytes(UNIT, bits, 0, count, planes, shown, filled, at, out, target, stride);
  }

  /** Elements from one of them on, for the end that does not fill a vector. */
  static void bytes(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      MemorySegment source = isShown(bits, i) ? shown : filled;
      for (int p = 0; p < planes; p++) {
        byte value = source.get(JAVA_BYTE, at + place(unit, i, planes, p, 1));
        out.set(JAVA_BYTE, target + p * stride + i, value);
      }
    }
  }

  @Override
  public void bytesOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    bytesOnColour(UNIT, bits, 0, count, planes, shown, colour, at, out, target, stride);
  }

  static void bytesOnColour(
      int unit,
      byte[] bits,
      int from,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = from; i < count; i++) {
      for (int p = 0; p < planes; p++) {
        byte value =
            isShown(bits, i)
                ? shown.get(JAVA_BYTE, at + place(unit, i, planes, p, 1))
                : colour.get(JAVA_BYTE, (long) p * unit + i % unit);
        out.set(JAVA_BYTE, target + p * stride + i, value);
      }
    }
  }

  @Override
  public void bytesOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    bytesOnThreeChannels(UNIT, bits, 0, count, shown, colour, at, out, target);
  }

  static void bytesOnThreeChannels(
      int unit,
      byte[] bits,
      int from,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    for (int i = from; i < count; i++) {
      byte value =
          isShown(bits, i) ? shown.get(JAVA_BYTE, at + i) : colour.get(JAVA_BYTE, i % (3L * unit));
      out.set(JAVA_BYTE, target + i, value);
    }
  }

  private static boolean isShown(byte[] bits, int i) {
    return (bits[i / Byte.SIZE] >>> (i % Byte.SIZE) & 1) != 0;
  }

  private static long place(int unit, int i, int planes, int plane, int bytes) {
    long within = (long) i * bytes;
    return (within / unit * planes + plane) * unit + within % unit;
  }
}
