package dev.quicklime.perturb;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.internal.kernel.compose.PairKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * For each element of a picture of three interleaved channels the place of its superpixel's bit in
 * a row of masks, as the kernel that composes two samples at once wants it. It takes twice as much
 * memory as the picture.
 */
final class PairPlaces {

  private static final int CHANNELS = 3;

  private final PairKernel kernel;
  private final MemorySegment places;
  private final long size;

  PairPlaces(PairKernel kernel, int[] labels, BatchFormat format, MemorySegment memory) {
    this.kernel = kernel;
    this.places = memory;
    this.size = size(format);
    for (int i = 0; i < format.elements(); i++) {
      int label = labels[i / CHANNELS];
      places.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (label / Short.SIZE));
      long bit = size / Short.BYTES + i;
      places.setAtIndex(ValueLayout.JAVA_SHORT, bit, (short) (1 << (label % Short.SIZE)));
    }
  }

  /** Whether the kernel can compose such pictures, and gains by it. */
  static boolean fit(PairKernel kernel, BatchFormat format, boolean colour, int superpixels) {
    return colour
        && superpixels <= kernel.superpixels()
        && format.type().bytes() == Short.BYTES
        && format.layout() == Layout.NHWC
        && format.preprocessing().channels() == CHANNELS;
  }

  /** Bytes of memory needed. */
  static long bytes(BatchFormat format) {
    return 2 * size(format);
  }

  /** Bytes that an element's place takes. */
  static int bytesPerElement() {
    return 2 * Short.BYTES;
  }

  private static long size(BatchFormat format) {
    int multiple = PairKernel.MULTIPLE;
    return (long) (format.elements() + multiple - 1) / multiple * multiple * Short.BYTES;
  }

  /**
   * Composes some elements of two samples.
   *
   * @param rows the two samples' rows of masks, padded
   * @param layer the picture's only layer
   * @param first byte of the batch where the first sample starts
   * @param second the same of the second
   */
  void blend(
      long[] rows, Layer layer, int from, int count, MemorySegment batch, long first, long second) {
    long at = (long) from * Short.BYTES;
    kernel.shorts(
        places,
        size,
        rows,
        from,
        count,
        layer.shown(),
        layer.filled(),
        batch,
        first + at,
        second + at);
  }
}
