package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What all samples of one explanation are composed of.
 *
 * @param superpixels how many there are, ≥ 1
 * @param labels superpixel of each pixel, row by row, from 0 to superpixels − 1; copied, and a copy
 * @param writer writes two pictures in the classifier's format, one after the other: as it is, and
 *     with all superpixels filled
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record MaskedPicture(int superpixels, int[] labels, Consumer<MemorySegment> writer) {

  /** Copies the labels, and checks them: native code reads memory at the places they name. */
  public MaskedPicture {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(writer, "writer");
    if (superpixels < 1) {
      throw new InvalidInputException("superpixels must be at least 1, got " + superpixels);
    }
    labels = labels.clone();
    for (int label : labels) {
      if (label < 0 || label >= superpixels) {
        throw new InvalidInputException(
            "labels must be between 0 and %s, got %s".formatted(superpixels - 1, label));
      }
    }
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  /** 64-bit words that a sample's packed row of masks takes. */
  public int wordsPerRow() {
    return (superpixels + Long.SIZE - 1) / Long.SIZE;
  }
}
