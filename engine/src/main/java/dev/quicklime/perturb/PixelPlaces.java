package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.internal.kernel.PixelMaskKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** For each element of a plane the place of its superpixel's bit in a row of masks. */
final class PixelPlaces {

  private static final int SECTION_BYTES = PixelMaskKernel.SECTION * Long.BYTES;

  private PixelPlaces() {}

  /** Elements of a plane, rounded up to whole words of bits. */
  static long size(BatchFormat format) {
    long words =
        (Layer.elements(format) + PixelMaskKernel.ELEMENTS - 1L) / PixelMaskKernel.ELEMENTS;
    return words * PixelMaskKernel.ELEMENTS;
  }

  /** Bytes that {@link #write} fills. */
  static long bytes(BatchFormat format) {
    return 3 * size(format);
  }

  /** Writes the three sections; the padding stays as it is, 0. */
  static void write(int[] labels, BatchFormat format, MemorySegment into) {
    long size = size(format);
    int repeats = format.layout() == Layout.NHWC ? format.preprocessing().channels() : 1;
    long element = 0;
    for (int label : labels) {
      int place = label / Byte.SIZE;
      for (int i = 0; i < repeats; i++, element++) {
        into.set(ValueLayout.JAVA_BYTE, element, (byte) (place % SECTION_BYTES));
        into.set(ValueLayout.JAVA_BYTE, size + element, (byte) (1 << (label % Byte.SIZE)));
        into.set(ValueLayout.JAVA_BYTE, 2 * size + element, (byte) (place / SECTION_BYTES));
      }
    }
  }
}
