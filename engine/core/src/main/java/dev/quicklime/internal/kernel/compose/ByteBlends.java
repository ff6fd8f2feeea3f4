package dev.quicklime.internal.kernel.compose;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link VectorBlendKernel} over bytes, one for each shape. */
final class ByteBlends {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorSpecies<Byte> BYTES = VectorWidth.BYTES;

  /** Elements of a vector, which is a unit. */
  private static final int LENGTH = BYTES.length();

  private ByteBlends() {}

  static void one(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target) {
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Byte> mask = mask(bits, i);
      long s = at + i;
      long t = target + i;
      ByteVector.fromMemorySegment(BYTES, filled, s, ORDER)
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s, ORDER), mask)
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
    ByteVector colour0 = ByteVector.fromMemorySegment(BYTES, colour, 0, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Byte> mask = mask(bits, i);
      long s = at + i;
      long t = target + i;
      colour0
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s, ORDER), mask)
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
      VectorMask<Byte> mask = mask(bits, i);
      long s = at + 3L * i;
      long t = target + i;
      ByteVector.fromMemorySegment(BYTES, filled, s, ORDER)
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      ByteVector.fromMemorySegment(BYTES, filled, s + LENGTH, ORDER)
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s + LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      ByteVector.fromMemorySegment(BYTES, filled, s + 2L * LENGTH, ORDER)
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s + 2L * LENGTH, ORDER), mask)
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
    ByteVector colour0 = ByteVector.fromMemorySegment(BYTES, colour, 0, ORDER);
    ByteVector colour1 = ByteVector.fromMemorySegment(BYTES, colour, LENGTH, ORDER);
    ByteVector colour2 = ByteVector.fromMemorySegment(BYTES, colour, 2L * LENGTH, ORDER);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Byte> mask = mask(bits, i);
      long s = at + 3L * i;
      long t = target + i;
      colour0
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s, ORDER), mask)
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s + LENGTH, ORDER), mask)
          .intoMemorySegment(out, t + stride, ORDER);
      colour2
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s + 2L * LENGTH, ORDER), mask)
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
    ByteVector colour0 = ByteVector.fromMemorySegment(BYTES, colour, 0, ORDER);
    ByteVector colour1 = ByteVector.fromMemorySegment(BYTES, colour, LENGTH, ORDER);
    ByteVector colour2 = ByteVector.fromMemorySegment(BYTES, colour, 2L * LENGTH, ORDER);
    for (int i = 0; i < count; i += 3 * LENGTH) {
      long s = at + i;
      long t = target + i;
      colour0
          .blend(ByteVector.fromMemorySegment(BYTES, shown, s, ORDER), mask(bits, i))
          .intoMemorySegment(out, t, ORDER);
      colour1
          .blend(
              ByteVector.fromMemorySegment(BYTES, shown, s + LENGTH, ORDER), mask(bits, i + LENGTH))
          .intoMemorySegment(out, t + LENGTH, ORDER);
      colour2
          .blend(
              ByteVector.fromMemorySegment(BYTES, shown, s + 2L * LENGTH, ORDER),
              mask(bits, i + 2 * LENGTH))
          .intoMemorySegment(out, t + 2L * LENGTH, ORDER);
    }
  }

  private static VectorMask<Byte> mask(byte[] bits, int element) {
    return VectorMask.fromLong(BYTES, BitRow.run(bits, element, LENGTH));
  }
}
