package dev.quicklime.internal.kernel.compose;

import java.lang.foreign.MemorySegment;

/**
 * Composes two perturbed samples at once: pictures of three interleaved channels of 16 bits, on a
 * fill of one colour. It looks up each element's bit and takes the shown or the filled value in one
 * go, so that look-ups and stores overlap; what it reads of the picture serves both samples.
 *
 * <p>The superpixel of every element is given as the place of its bit in a row of masks, in two
 * sections of {@code size} bytes each, 16 bits for an element: which 16 bits of the row, and a word
 * with that bit set.
 */
public interface PairKernel {

  /** Words of a row, which are padded to as many. */
  int ROW = 8;

  /** Elements for which the colour and the vectors of every width come out even. */
  int MULTIPLE = 96;

  /** How many superpixels it can tell apart; 0 where composing samples one by one is faster. */
  int superpixels();

  /**
   * Writes some elements of two samples.
   *
   * @param places two sections of {@code size} bytes
   * @param size bytes of a section
   * @param rows packed words of the first sample, padded to {@link #ROW}, then those of the second
   * @param from first element, a multiple of {@link #MULTIPLE}
   * @param count elements that are written
   * @param shown values of the picture, padded to a multiple of 64 bytes
   * @param colour {@link #MULTIPLE} values of the fill, whose channels take turns
   * @param out receives the elements
   * @param first byte of the first sample's first element that is written
   * @param second the same of the second sample
   */
  void shorts(
      MemorySegment places,
      long size,
      long[] rows,
      int from,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      MemorySegment out,
      long first,
      long second);
}
