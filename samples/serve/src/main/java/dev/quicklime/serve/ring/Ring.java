package dev.quicklime.serve.ring;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.memory.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The mapping that is shared with a peer, who says what lies where in it. For one thread. */
final class Ring implements AutoCloseable {

  /** Where vectors and pages begin; numbers of any type may lie at its multiples. */
  private static final long ALIGNMENT = 64;

  private final MappedFile file;

  private Ring(MappedFile file) {
    this.file = file;
  }

  static Ring map(Path path) {
    try {
      return new Ring(MappedFile.shared(path));
    } catch (IOException e) {
      throw new InvalidInputException(
          "the file must be one that can be mapped to read and write, got " + path, e);
    }
  }

  /** Some of its bytes. */
  MemorySegment part(long at, long bytes) {
    long size = file.segment().byteSize();
    if (at < 0 || at % ALIGNMENT != 0 || bytes < 0 || at > size || bytes > size - at) {
      throw new InvalidInputException(
          "%s bytes must lie at a multiple of %s within the %s of the file, got them at %s"
              .formatted(bytes, ALIGNMENT, size, at));
    }
    return file.segment().asSlice(at, bytes);
  }

  /** Where a part lies. */
  long at(MemorySegment part) {
    return part.address() - file.segment().address();
  }

  byte[] bytes(long at, int count) {
    return part(at, count).toArray(ValueLayout.JAVA_BYTE);
  }

  int[] integers(long at, int count) {
    return part(at, (long) count * Integer.BYTES).toArray(ValueLayout.JAVA_INT);
  }

  void put(long at, int[] numbers) {
    MemorySegment.copy(
        numbers,
        0,
        part(at, (long) numbers.length * Integer.BYTES),
        ValueLayout.JAVA_INT,
        0,
        numbers.length);
  }

  @Override
  public void close() {
    file.close();
  }
}
