package dev.quicklime.internal.kernel.compose;

import java.lang.foreign.MemorySegment;

/**
 * Composes one perturbed sample: every element takes the shown or the filled value, as its bit
 * says.
 *
 * <p>A picture's planes are interleaved by units of {@link #unit} bytes: unit u of plane p lies at
 * {@code (u · planes + p) · unit}, and the last unit is padded. That way all planes of a block of
 * pixels lie in one stretch of memory; planes apart by a multiple of the page size, as those of
 * most pictures are, would fight for the same lines of the cache. The output has its planes one
 * after the other.
 */
public interface BlendKernel {

  /** Bytes of one plane before the next plane's turn: a power of two, 16 to {@link #MAX_UNIT}. */
  int unit();

  /** A cache line, and the widest vector. */
  int MAX_UNIT = 64;

  /** Most planes of one call; there is one or there are three. */
  int MAX_PLANES = 3;

  /**
   * Writes 32-bit floats, native byte order, filled from another picture.
   *
   * @param bits bit i % 8 of byte i / 8 is 1 where element i is shown
   * @param count elements of a plane that are written
   * @param planes 1 or 3
   * @param shown values of the picture, in units
   * @param filled values of the fill, in units
   * @param at byte of both where the elements start, a multiple of planes · unit
   * @param out receives the elements
   * @param target byte of the first plane's first element
   * @param stride bytes from one plane to the next
   */
  void floats(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /**
   * The same with one unit of fill for each plane, which all of its units share; the unit must
   * repeat every four elements.
   */
  void floatsOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /**
   * One plane of interleaved channels on a colour of three channels.
   *
   * @param colour three units in which the colour's channels take turns, starting with the first
   * @param at byte where the elements start, a multiple of 3 · unit
   */
  void floatsOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target);

  /** {@link #floats} for 16-bit elements, bfloat16 or any other, which are only moved. */
  void shorts(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /** {@link #floatsOnColour} for 16-bit elements. */
  void shortsOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /** {@link #floatsOnThreeChannels} for 16-bit elements. */
  void shortsOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target);

  /** {@link #floats} for bytes. */
  void bytes(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment filled,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /** {@link #floatsOnColour} for bytes. */
  void bytesOnColour(
      byte[] bits,
      int count,
      int planes,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target,
      long stride);

  /** {@link #floatsOnThreeChannels} for bytes. */
  void bytesOnThreeChannels(
      byte[] bits,
      int count,
      MemorySegment shown,
      MemorySegment colour,
      long at,
      MemorySegment out,
      long target);
}
