package dev.quicklime.torch.internal;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;

/** Lets native code see an off-heap segment without a copy; the segment must outlive the call. */
final class SegmentPointer extends Pointer {

  SegmentPointer(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("a batch must be off-heap memory, got " + segment);
    }
    address = segment.address();
    limit = segment.byteSize();
    capacity = limit;
  }
}
