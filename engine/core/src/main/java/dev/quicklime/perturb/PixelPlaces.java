package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.internal.kernel.compose.PixelMaskKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * For each element of a plane the place of its superpixel's bit in a row of masks. The three
 * channels of an interleaved picture share a place, other numbers of channels have one each.
 */
final class PixelPlaces {

  private static final int SECTION_BYTES = PixelMaskKernel.SECTION * Long.BYTES;
  private static final int THREE = 3;

  /** As many as have a place of their own: the section of a place is a byte. */
  static final int MAX_SUPERPIXELS = 256 * SECTION_BYTES * Byte.SIZE;

  private final MemorySegment places;
  private final long size;
  private final boolean threefold;

  /** Writes the places into memory that is all 0. */
  PixelPlaces(int[] labels, BatchFormat format, MemorySegment memory) {
    this.places = memory;
    this.size = size(format);
    this.threefold = threefold(format);
    int repeats = elements(format) / labels.length;
    long element = 0;
    for (int label : labels) {
      int place = label / Byte.SIZE;
      for (int i = 0; i < repeats; i++, element++) {
        places.set(ValueLayout.JAVA_BYTE, element, (byte) (place % SECTION_BYTES));
        places.set(ValueLayout.JAVA_BYTE, size + element, (byte) (1 << (label % Byte.SIZE)));
        places.set(ValueLayout.JAVA_BYTE, 2 * size + element, (byte) (place / SECTION_BYTES));
      }
    }
  }

  private static boolean threefold(BatchFormat format) {
    return format.layout() == Layout.NHWC && format.preprocessing().channels() == THREE;
  }

  private static int elements(BatchFormat format) {
    return Layer.elements(format) / (threefold(format) ? THREE : 1);
  }

  private static long size(BatchFormat format) {
    int words = (elements(format) + PixelMaskKernel.ELEMENTS - 1) / PixelMaskKernel.ELEMENTS;
    return (long) words * PixelMaskKernel.ELEMENTS;
  }

  /** Bytes of memory needed. */
  static long bytes(BatchFormat format) {
    return 3 * size(format);
  }

  /** A block of a plane's elements must be a multiple of this. */
  int multiple() {
    return PixelMaskKernel.ELEMENTS * (threefold ? THREE : 1);
  }

  /** Writes the bits of some elements of a plane, from a multiple of {@link #multiple} on. */
  void spread(PixelMaskKernel kernel, long[] row, int used, int from, int count, byte[] bits) {
    int words = (count + multiple() - 1) / multiple();
    if (threefold) {
      kernel.spreadThreefold(places, size, row, used, from / THREE, words, bits);
    } else {
      kernel.spread(places, size, row, used, from, words, bits);
    }
  }
}
