package dev.quicklime.internal.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Composes perturbed pictures: every element takes the shown or the filled value, as the label of
 * its pixel says.
 *
 * <p>A picture is {@code planes} planes of {@code labels.length} elements each; element i of every
 * plane has label {@code labels[i]}. Channels-last pictures are one plane whose labels repeat for
 * each channel.
 */
public interface SelectKernel {

  /** Most samples composed by one call: as many as a state has bits. */
  int MAX_SAMPLES = Integer.SIZE;

  /** Numbers of working memory that a call needs. */
  int SCRATCH = 512;

  /**
   * Writes 32-bit floats, native byte order.
   *
   * @param labels label of each element of a plane, 0 to d − 1
   * @param planes number of planes
   * @param states d numbers; bit s is 1 where sample s shows the superpixel and 0 where it is
   *     filled
   * @param samples how many samples, 1 to {@link #MAX_SAMPLES}
   * @param shown values of the picture, plane by plane
   * @param filled values of the fill, plane by plane
   * @param out receives planes · labels.length floats for each sample
   * @param offset bytes before the first sample, ≥ 0
   * @param scratch {@link #SCRATCH} numbers that may be overwritten
   */
  void selectFloats(
      int[] labels,
      int planes,
      int[] states,
      int samples,
      float[] shown,
      float[] filled,
      MemorySegment out,
      long offset,
      int[] scratch);

  /** The same for 16-bit elements, bfloat16 or any other, which are only moved. */
  void selectShorts(
      int[] labels,
      int planes,
      int[] states,
      int samples,
      short[] shown,
      short[] filled,
      MemorySegment out,
      long offset,
      int[] scratch);
}
