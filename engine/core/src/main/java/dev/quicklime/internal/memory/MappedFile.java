package dev.quicklime.internal.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A whole file as memory, usable from any thread until it is closed. Its name may be deleted
 * meanwhile; touching what another process has cut off throws an {@link InternalError}.
 */
public final class MappedFile implements AutoCloseable {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Maps a file to be read only.
   *
   * @throws IOException if it cannot be opened or mapped
   */
  public MappedFile(Path file) throws IOException {
    this(file, MapMode.READ_ONLY, Set.of(StandardOpenOption.READ));
  }

  /**
   * Maps a file to which others write too, and see what is written here.
   *
   * @throws IOException if it cannot be opened or mapped
   */
  public static MappedFile shared(Path file) throws IOException {
    return new MappedFile(
        file, MapMode.READ_WRITE, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  private MappedFile(Path file, MapMode mode, Set<? extends OpenOption> opened) throws IOException {
    try (FileChannel channel = FileChannel.open(file, opened)) {
      segment = channel.map(mode, 0, channel.size(), arena);
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
