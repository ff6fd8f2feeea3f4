package dev.quicklime.files.npy;

import dev.quicklime.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays into one {@code .npz} file that {@code numpy.load} reads: little-endian, C order,
 * compressed. The same arrays always give the same bytes. For one thread at a time; the file is
 * complete once this is closed.
 */
public final class NpzWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  // The earliest time a zip can tell: the time of day has no place in a result.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Set<String> names = new HashSet<>();
  private boolean closed;

  /** Creates the file, or empties one that is there. */
  public NpzWriter(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** An {@code int32} array; {@code data} in C order. */
  public void ints(String name, int[] shape, int[] data) throws IOException {
    checkLength(name, shape, data.length);
    begin(name, "<i4", shape);
    Chunk chunk = new Chunk();
    for (int value : data) {
      chunk.next().putInt(value);
    }
    chunk.end();
  }

  /** A {@code float64} array; {@code data} in C order. */
  public void doubles(String name, int[] shape, double[] data) throws IOException {
    checkLength(name, shape, data.length);
    begin(name, "<f8", shape);
    Chunk chunk = new Chunk();
    for (double value : data) {
      chunk.next().putDouble(value);
    }
    chunk.end();
  }

  /** A {@code float32} array; {@code data} in C order. */
  public void floats(String name, int[] shape, float[] data) throws IOException {
    checkLength(name, shape, data.length);
    begin(name, "<f4", shape);
    Chunk chunk = new Chunk();
    for (float value : data) {
      chunk.next().putFloat(value);
    }
    chunk.end();
  }

  /**
   * A {@code uint8} array of {@code shape[0]} rows, asked for one by one; a row is as long as the
   * product of the other sides.
   */
  public void bytes(String name, int[] shape, RowSource rows) throws IOException {
    if (shape.length < 1) {
      throw new InvalidInputException("an array given by rows must have at least one axis");
    }
    long length = elements(name, Arrays.copyOfRange(shape, 1, shape.length));
    elements(name, shape);
    if (length > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "a row of array " + name + " must be under 2 GiB, got " + length + " bytes");
    }
    begin(name, "|u1", shape);
    byte[] row = new byte[(int) length];
    for (int r = 0; r < shape[0]; r++) {
      rows.fill(r, row);
      zip.write(row);
    }
    zip.closeEntry();
  }

  /**
   * An array of any type that {@link NpyArray} reads.
   *
   * @param dtype as NumPy names it, such as {@code int64} or {@code float32}
   * @param data the numbers in C order and little-endian, from its position to its limit, which do
   *     not change; truth values are bytes of 0 and 1
   */
  public void raw(String name, String dtype, int[] shape, ByteBuffer data) throws IOException {
    NpyType type = NpyType.of(dtype);
    NpyHeader.checkRaw("array " + name, type, shape, data);
    begin(name, type.descr(), shape);
    ByteBuffer rest = data.duplicate();
    byte[] chunk = new byte[Math.min(BUFFER, rest.remaining())];
    while (rest.hasRemaining()) {
      int length = Math.min(chunk.length, rest.remaining());
      rest.get(chunk, 0, length);
      zip.write(chunk, 0, length);
    }
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      zip.close();
    }
  }

  private void begin(String name, String type, int[] shape) throws IOException {
    if (closed) {
      throw new IllegalStateException("the npz writer is closed");
    }
    if (name.isBlank() || !names.add(name)) {
      throw new InvalidInputException(
          "the arrays of an npz must have names, each its own, got '" + name + "'");
    }
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    NpyHeader.write(zip, type, shape);
  }

  private static void checkLength(String name, int[] shape, int length) {
    long elements = elements(name, shape);
    if (elements != length) {
      throw new InvalidInputException(
          "array %s of shape %s must have %s numbers, got %s"
              .formatted(name, Arrays.toString(shape), elements, length));
    }
  }

  private static long elements(String name, int[] shape) {
    return NpyHeader.elements("array " + name, shape);
  }

  /** Gathers numbers, so that the zip is not called for each. */
  private final class Chunk {
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    /** Where the next number goes; there is room for one. */
    ByteBuffer next() throws IOException {
      if (numbers.remaining() < Double.BYTES) {
        flush();
      }
      return numbers;
    }

    void end() throws IOException {
      flush();
      zip.closeEntry();
    }

    private void flush() throws IOException {
      zip.write(bytes, 0, numbers.position());
      numbers.clear();
    }
  }
}
