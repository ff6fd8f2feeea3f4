package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link VectorBlendKernel} over single-precision numbers, one for each shape. */
final class FloatBlends {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Float> FLOATS = VectorWidth.FLOATS;

  /** Elements of a vector, which is a unit. */
  private static final int LENGTH = FLOATS.length();

  private FloatBlends() {}

  static void one(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target) {
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> mask = mask(bits, i);
      long s = at + 4L * i;
      long t = target + 4L * i;
      FloatVector.fromMemorySegment(FLOATS, filled, s, ORDER)
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
    }
  }

  static void oneOnColour(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    FloatVector colour0 = FloatVector.fromMemorySegment(FLOATS, colour, 0, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> mask = mask(bits, i);
      long s = at + 4L * i;
      long t = target + 4L * i;
      colour0
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
    }
  }

  static void three(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> mask = mask(bits, i);
      long s = at + 12L * i;
      long t = target + 4L * i;
      FloatVector.fromMemorySegment(FLOATS, filled, s, ORDER)
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      FloatVector.fromMemorySegment(FLOATS, filled, s + 4L * LENGTH, ORDER)
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s + 4L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      FloatVector.fromMemorySegment(FLOATS, filled, s + 8L * LENGTH, ORDER)
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s + 8L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + 2 * stride, ORDER);
    }
  }

  static void threeOnColour(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride) {
    FloatVector colour0 = FloatVector.fromMemorySegment(FLOATS, colour, 0, ORDER);
    FloatVector colour1 = FloatVector.fromMemorySegment(FLOATS, colour, 4L * LENGTH, ORDER);
    FloatVector colour2 = FloatVector.fromMemorySegment(FLOATS, colour, 8L * LENGTH, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> mask = mask(bits, i);
      long s = at + 12L * i;
      long t = target + 4L * i;
      colour0
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s + 4L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      colour2
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s + 8L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + 2 * stride, ORDER);
    }
  }

  static void onThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target) {
    FloatVector colour0 = FloatVector.fromMemorySegment(FLOATS, colour, 0, ORDER);
    FloatVector colour1 = FloatVector.fromMemorySegment(FLOATS, colour, 4L * LENGTH, ORDER);
    FloatVector colour2 = FloatVector.fromMemorySegment(FLOATS, colour, 8L * LENGTH, ORDER);
    for (int i = 0; i < count; i += 3 * LENGTH) {
      long s = at + 4L * i;
      long t = target + 4L * i;
      colour0
          .blend(FloatVector.fromMemorySegment(FLOATS, shown, s, ORDER), mask(bits, i))
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(
              FloatVector.fromMemorySegment(FLOATS, shown, s + 4L * LENGTH, ORDER),
              mask(bits, i + LENGTH))
          .intoMemorySegment(out, t + 4L * LENGTH, ORDER);
      colour2
          .blend(
              FloatVector.fromMemorySegment(FLOATS, shown, s + 8L * LENGTH, ORDER),
              mask(bits, i + 2 * LENGTH))
          .intoMemorySegment(out, t + 8L * LENGTH, ORDER);
    }
  }

  private static VectorMask<Float> mask(byte[] bits, int element) {
    return VectorMask.fromLong(FLOATS, BitRow.run(bits, element, LENGTH));
  }
}
