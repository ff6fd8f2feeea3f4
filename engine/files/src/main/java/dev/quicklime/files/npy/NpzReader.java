package dev.quicklime.files.npy;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads arrays from an {@code .npz} file, stored or compressed, as {@code numpy.savez}, {@code
 * numpy.savez_compressed} and {@link NpzWriter} write it. What a file claims is not believed:
 * nothing is allocated for an array before its header, its sizes in the archive and the heap agree
 * that it can be there, and its checksum must be right. For one thread at a time.
 */
public final class NpzReader implements AutoCloseable {
  private static final String ENDING = ".npy";

  /** No deflated byte holds more than this. */
  private static final int MOST_DEFLATED = 1032;

  private final Path file;
  private final ZipFile zip;
  private final long mostBytes;
  private final ReadBudget budget;

  /**
   * Opens a file. Its arrays may have a quarter of the heap each, 2 GiB at most, and no more than
   * what a file of its size may unpack to, which is 256 times as much or 16 MiB.
   *
   * @throws InvalidInputException if it cannot be read or is no zip archive
   */
  public NpzReader(Path file) {
    this(file, Long.MAX_VALUE, true);
  }

  /**
   * Opens an {@code .npz} archive; its arrays are read when they are asked for.
   *
   * @param mostBytes how large one array may be with its header, ≥ 1; above 2 GiB none is read
   * @throws InvalidInputException if the file cannot be read or is no zip archive
   */
  public NpzReader(Path file, long mostBytes) {
    this(file, mostBytes, false);
  }

  private NpzReader(Path file, long mostBytes, boolean bySize) {
    Objects.requireNonNull(file, "file");
    if (mostBytes < 1) {
      throw new InvalidInputException("an array must have a byte at least, got " + mostBytes);
    }
    this.file = file;
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": must be a file, got none of this name");
    }
    try {
      // How large arrays may be was said: then only the heap is in the way.
      budget = bySize ? ReadBudget.of(file) : ReadBudget.of(Long.MAX_VALUE);
      this.mostBytes = Math.min(Integer.MAX_VALUE - 8, mostBytes);
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new InvalidInputException(
          file + ": must be an .npz file, a zip archive of arrays, got " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": must be readable, got " + e, e);
    }
  }

  /** Names of the arrays, in the order of the archive. */
  public List<String> names() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(ENDING))
        .map(name -> name.substring(0, name.length() - ENDING.length()))
        .toList();
  }

  /** Whether there is an array of a name. */
  public boolean has(String name) {
    return zip.getEntry(name + ENDING) != null;
  }

  /**
   * Reads the array of a name, given without {@code .npy}.
   *
   * @throws InvalidInputException if there is none of the name, or if it is damaged, too large for
   *     the heap or for the file, or not of numbers
   */
  public NpyArray read(String name) {
    ZipEntry entry = zip.getEntry(name + ENDING);
    if (entry == null) {
      throw new InvalidInputException(
          "%s: must have an array %s, got %s".formatted(file, name, names()));
    }
    try {
      checkSizes(entry);
      return read(entry);
    } catch (EOFException e) {
      throw new InvalidInputException(
          "%s: array %s ends too early: %s".formatted(file, name, e.getMessage()), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: array %s is damaged: %s".formatted(file, name, e.getMessage()), e);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: array %s: %s".formatted(file, name, e.getMessage()), e);
    }
  }

  private void checkSizes(ZipEntry entry) {
    long size = entry.getSize();
    long packed = entry.getCompressedSize();
    if (size < 0 || size > mostBytes) {
      throw new InvalidInputException(
          "must be of at most %d bytes here, got %d".formatted(mostBytes, size));
    }
    boolean stored = entry.getMethod() == ZipEntry.STORED;
    if (packed < 0 || (stored ? size != packed : size / MOST_DEFLATED > packed)) {
      throw new InvalidInputException(
          "%d bytes in the archive cannot hold the %d that it announces".formatted(packed, size));
    }
    budget.check(size);
  }

  private NpyArray read(ZipEntry entry) throws IOException {
    long size = entry.getSize();
    CRC32 sum = new CRC32();
    try (InputStream raw = zip.getInputStream(entry);
        InputStream in = new CheckedInputStream(raw, sum)) {
      byte[] start = in.readNBytes((int) Math.min(size, NpyHeader.START));
      int end = NpyHeader.end(start, size);
      byte[] head = Arrays.copyOf(start, Math.max(end, start.length));
      fill(in, head, start.length);
      NpyHeader header = NpyHeader.parse(head);
      header.checkBytes(size - end);
      byte[] data = new byte[(int) size - end];
      fill(in, data, 0);
      if (in.read() >= 0) {
        throw new ZipException("more bytes than the " + size + " announced");
      }
      if (sum.getValue() != entry.getCrc()) {
        throw new ZipException("its checksum is another one");
      }
      return NpyArray.of(header, data, 0, budget);
    }
  }

  private static void fill(InputStream in, byte[] bytes, int from) throws IOException {
    int wanted = bytes.length - from;
    int got = in.readNBytes(bytes, from, wanted);
    if (got != wanted) {
      throw new EOFException("%d bytes are missing".formatted(wanted - got));
    }
  }

  /** Closes the file; arrays that were read remain. */
  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new InvalidInputException(file + ": could not be closed: " + e, e);
    }
  }
}
