package dev.quicklime.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that is freed once nothing refers to it any more, to be lent to a library whose last use
 * nobody can tell. Where a last use is known, {@link NativeBuffer} is better: it waits for no
 * garbage collection.
 */
public final class CollectedMemory {

  /** A cache line, which is the widest vector, too. */
  private static final long ALIGNMENT = 64;

  private CollectedMemory() {}

  /**
   * Allocates zeroed memory, usable from any thread. Who keeps its address must keep the segment.
   *
   * @param bytes size, ≥ 1
   */
  public static MemorySegment allocate(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, got " + bytes);
    }
    return Arena.ofAuto().allocate(bytes, ALIGNMENT);
  }
}
