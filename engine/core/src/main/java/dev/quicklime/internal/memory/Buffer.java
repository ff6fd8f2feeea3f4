package dev.quicklime.internal.memory;

import java.lang.foreign.MemorySegment;

/** A block of off-heap memory that native code may read, owned by whoever took it. */
public interface Buffer extends AutoCloseable {

  /** The memory; undefined content at first. */
  MemorySegment segment();

  @Override
  void close();
}
