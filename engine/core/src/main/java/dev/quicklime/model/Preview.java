package dev.quicklime.model;

import dev.quicklime.image.BatchFormat;
import java.lang.foreign.MemorySegment;

/** The first pictures of what is going to be scored, to be had in any format. */
@FunctionalInterface
public interface Preview {

  /**
   * Writes pictures.
   *
   * @param format what they look like; of the size and channels of the classifier's own
   * @param rows how many, ≥ 1; where there are fewer, the first ones come again
   * @param into receives them, at least rows · {@link BatchFormat#bytes} bytes
   */
  void write(BatchFormat format, int rows, MemorySegment into);
}
