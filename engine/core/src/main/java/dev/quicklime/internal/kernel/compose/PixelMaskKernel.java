package dev.quicklime.internal.kernel.compose;

import java.lang.foreign.MemorySegment;

/**
 * Spreads one row of masks over the elements of a picture: one bit for each element, which says
 * whether its superpixel is shown.
 *
 * <p>The superpixel of every element is given as the place of its bit in the row, in three sections
 * of {@code size} bytes each: the byte of the bit among the 64 bytes of a section of the row; a
 * byte with that bit set; and which 64 bytes of the row are meant. The padding of the middle
 * section, where there is any, must be 0.
 */
public interface PixelMaskKernel {

  /** Elements that one word of the result covers; {@code size} is a multiple of it. */
  int ELEMENTS = Long.SIZE;

  /** Words in a section of a row; a row is padded to whole sections. */
  int SECTION = 8;

  /**
   * Writes the bits of some elements.
   *
   * @param places three sections of {@code size} bytes
   * @param size elements of the picture, rounded up to a multiple of {@link #ELEMENTS}
   * @param row packed words, bit j is 1 where superpixel j is shown
   * @param used how many words of the row carry bits of superpixels, ≥ 1
   * @param from first element, a multiple of {@link #ELEMENTS}
   * @param words how many words of bits are written
   * @param bits receives 8 bytes for each word; bit i of byte b belongs to element from + 8·b + i
   */
  void spread(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits);

  /**
   * The same for pixels of three elements each: every pixel's bit is written three times over, so
   * that {@code bits} receives 24 bytes for each word of pixels.
   */
  void spreadThreefold(
      MemorySegment places, long size, long[] row, int used, long from, int words, byte[] bits);
}
