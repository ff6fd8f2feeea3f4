package dev.quicklime.model;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * What all samples of one explanation are composed of.
 *
 * @param superpixels how many there are, ≥ 1
 * @param labels superpixel of each pixel, row by row, from 0 to superpixels − 1
 * @param writer writes two pictures in the classifier's format, one after the other: as it is, and
 *     with all superpixels filled
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next.
public record MaskedPicture(int superpixels, int[] labels, Consumer<MemorySegment> writer) {

  /** 64-bit words that a sample's packed row of masks takes. */
  public int wordsPerRow() {
    return (superpixels + Long.SIZE - 1) / Long.SIZE;
  }
}
