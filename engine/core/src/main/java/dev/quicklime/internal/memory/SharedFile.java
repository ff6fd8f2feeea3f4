package dev.quicklime.internal.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A whole file as memory that two processes write to, usable from any thread until it is closed.
 * Its name may be deleted meanwhile, but whoever cuts it off makes the other one fail with an
 * {@link InternalError}.
 */
public final class SharedFile implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Maps a file that exists.
   *
   * @throws IOException if it cannot be opened or mapped
   */
  public SharedFile(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
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
