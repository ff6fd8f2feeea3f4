package dev.quicklime.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Composes one perturbed picture: every element takes the shown or the filled value, as the label
 * of its pixel says.
 *
 * <p>A picture is {@code planes} planes of {@code labels.length} elements each; element i of every
 * plane has label {@code labels[i]}. Channels-last pictures are one plane whose labels repeat for
 * each channel.
 */
public interface SelectKernel {

  /**
   * Writes 32-bit floats, native byte order.
   *
   * @param labels label of each element of a plane, 0 to d − 1
   * @param planes number of planes
   * @param state d numbers, −1 where the superpixel is shown and 0 where it is filled
   * @param shown values of the picture, plane by plane
   * @param filled values of the fill, plane by plane
   * @param out receives planes · labels.length floats from {@code offset} on
   * @param offset bytes, ≥ 0
   */
  void selectFloats(
      int[] labels,
      int planes,
      int[] state,
      float[] shown,
      float[] filled,
      MemorySegment out,
      long offset);

  /** The same for 16-bit elements, bfloat16 or any other, which are only moved. */
  void selectShorts(
      int[] labels,
      int planes,
      int[] state,
      short[] shown,
      short[] filled,
      MemorySegment out,
      long offset);
}
