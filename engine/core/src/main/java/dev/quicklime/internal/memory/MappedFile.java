package dev.quicklime.internal.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A whole file as memory that cannot be written to, usable from any thread until it is closed.
 * Touching what another process has cut off meanwhile throws an {@link InternalError}.
 */
public final class MappedFile implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Maps a file.
   *
   * @throws IOException if it cannot be opened or mapped
   */
  public MappedFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** The file's bytes. */
  public MemorySegment segment() {
    if (closed.get()) {
      throw new IllegalStateException("this file is closed");
    }
    return segment;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }
}
