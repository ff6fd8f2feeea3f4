package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;

/**
 * Turns a stretch of the bits into a vector mask and blends with it, whole units first, the rest by
 * the scalar twin. With one colour the fill stays in registers, which halves what is read and makes
 * composing faster than a copy; all planes of some pixels are done in one turn of the loop, since
 * starting a loop costs as much as a hundred elements.
 */
public final class VectorBlendKernel implements BlendKernel {

  private static final int UNIT = VectorWidth.bits() / Byte.SIZE;

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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -(UNIT / Float.BYTES);
    if (planes == 1) {
      FloatBlends.one(bits, whole, shown, filled, at, out, target);
    } else {
      FloatBlends.three(bits, whole, shown, filled, at, out, target, stride);
    }
    ScalarBlendKernel.floats(
        UNIT, bits, whole, count, planes, shown, filled, at, out, target, stride);
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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -(UNIT / Float.BYTES);
    if (planes == 1) {
      FloatBlends.oneOnColour(bits, whole, shown, colour, at, out, target);
    } else {
      FloatBlends.threeOnColour(bits, whole, shown, colour, at, out, target, stride);
    }
    ScalarBlendKernel.floatsOnColour(
        UNIT, bits, whole, count, planes, shown, colour, at, out, target, stride);
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
    int whole = count - count % (3 * UNIT / Float.BYTES);
    FloatBlends.onThreeChannels(bits, whole, shown, colour, at, out, target);
    ScalarBlendKernel.floatsOnThreeChannels(
        UNIT, bits, whole, count, shown, colour, at, out, target);
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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -(UNIT / Short.BYTES);
    if (planes == 1) {
      ShortBlends.one(bits, whole, shown, filled, at, out, target);
    } else {
      ShortBlends.three(bits, whole, shown, filled, at, out, target, stride);
    }
    ScalarBlendKernel.shorts(
        UNIT, bits, whole, count, planes, shown, filled, at, out, target, stride);
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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -(UNIT / Short.BYTES);
    if (planes == 1) {
      ShortBlends.oneOnColour(bits, whole, shown, colour, at, out, target);
    } else {
      ShortBlends.threeOnColour(bits, whole, shown, colour, at, out, target, stride);
    }
    ScalarBlendKernel.shortsOnColour(
        UNIT, bits, whole, count, planes, shown, colour, at, out, target, stride);
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
    int whole = count - count % (3 * UNIT / Short.BYTES);
    ShortBlends.onThreeChannels(bits, whole, shown, colour, at, out, target);
    ScalarBlendKernel.shortsOnThreeChannels(
        UNIT, bits, whole, count, shown, colour, at, out, target);
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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -UNIT;
    if (planes == 1) {
      ByteBlends.one(bits, whole, shown, filled, at, out, target);
    } else {
      ByteBlends.three(bits, whole, shown, filled, at, out, target, stride);
    }
    ScalarBlendKernel.bytes(
        UNIT, bits, whole, count, planes, shown, filled, at, out, target, stride);
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
    assert planes == 1 || planes == MAX_PLANES;
    int whole = count & -UNIT;
    if (planes == 1) {
      ByteBlends.oneOnColour(bits, whole, shown, colour, at, out, target);
    } else {
      ByteBlends.threeOnColour(bits, whole, shown, colour, at, out, target, stride);
    }
    ScalarBlendKernel.bytesOnColour(
        UNIT, bits, whole, count, planes, shown, colour, at, out, target, stride);
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
    int whole = count - count % (3 * UNIT);
    ByteBlends.onThreeChannels(bits, whole, shown, colour, at, out, target);
    ScalarBlendKernel.bytesOnThreeChannels(
        UNIT, bits, whole, count, shown, colour, at, out, target);
  }
}
