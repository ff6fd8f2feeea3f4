package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link VectorBlendKernel} over 16-bit elements, one for each shape. */
final class ShortBlends {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Short> SHORTS = VectorWidth.SHORTS;

  /** Elements of a vector, which is a unit. */
  private static final int LENGTH = SHORTS.length();

  private ShortBlends() {}

  static void one(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target) {
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Short> mask = mask(bits, i);
      long s = at + 2L * i;
      long t = target + 2L * i;
      ShortVector.fromMemorySegment(SHORTS, filled, s, ORDER)
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER), mask)
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
    ShortVector colour0 = ShortVector.fromMemorySegment(SHORTS, colour, 0, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Short> mask = mask(bits, i);
      long s = at + 2L * i;
      long t = target + 2L * i;
      colour0
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER), mask)
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
      VectorMask<Short> mask = mask(bits, i);
      long s = at + 6L * i;
      long t = target + 2L * i;
      ShortVector.fromMemorySegment(SHORTS, filled, s, ORDER)
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      ShortVector.fromMemorySegment(SHORTS, filled, s + 2L * LENGTH, ORDER)
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s + 2L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      ShortVector.fromMemorySegment(SHORTS, filled, s + 4L * LENGTH, ORDER)
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s + 4L * LENGTH, ORDER), mask)
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
    ShortVector colour0 = ShortVector.fromMemorySegment(SHORTS, colour, 0, ORDER);
    ShortVector colour1 = ShortVector.fromMemorySegment(SHORTS, colour, 2L * LENGTH, ORDER);
    ShortVector colour2 = ShortVector.fromMemorySegment(SHORTS, colour, 4L * LENGTH, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Short> mask = mask(bits, i);
      long s = at + 6L * i;
      long t = target + 2L * i;
      colour0
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s + 2L * LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      colour2
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s + 4L * LENGTH, ORDER), mask)
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
    ShortVector colour0 = ShortVector.fromMemorySegment(SHORTS, colour, 0, ORDER);
    ShortVector colour1 = ShortVector.fromMemorySegment(SHORTS, colour, 2L * LENGTH, ORDER);
    ShortVector colour2 = ShortVector.fromMemorySegment(SHORTS, colour, 4L * LENGTH, ORDER);
    for (int i = 0; i < count; i += 3 * LENGTH) {
      long s = at + 2L * i;
      long t = target + 2L * i;
      colour0
          .blend(ShortVector.fromMemorySegment(SHORTS, shown, s, ORDER), mask(bits, i))
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(
              ShortVector.fromMemorySegment(SHORTS, shown, s + 2L * LENGTH, ORDER),
              mask(bits, i + LENGTH))
          .intoMemorySegment(out, t + 2L * LENGTH, ORDER);
      colour2
          .blend(
              ShortVector.fromMemorySegment(SHORTS, shown, s + 4L * LENGTH, ORDER),
              mask(bits, i + 2 * LENGTH))
          .intoMemorySegment(out, t + 4L * LENGTH, ORDER);
    }
  }

  private static VectorMask<Short> mask(byte[] bits, int element) {
    return VectorMask.fromLong(SHORTS, BitRow.run(bits, element, LENGTH));
  }
}
