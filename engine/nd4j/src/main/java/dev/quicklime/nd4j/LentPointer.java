package dev.quicklime.nd4j;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.DoublePointer;

/**
 * The address of a segment's numbers. An ND4J buffer and all its views hold on to their pointer,
 * and this one to the segment, whose memory so outlives every array over it.
 */
final class LentPointer extends DoublePointer {

  /** Referred to, that is what it is for. */
  final MemorySegment segment;

  LentPointer(MemorySegment segment) {
    this.segment = segment;
    address = segment.address();
    limit = segment.byteSize() / Double.BYTES;
    capacity = limit;
  }
}
