package dev.quicklime.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads arrays from an {@code .npz} file, stored or compressed, as {@code numpy.savez}, {@code
 * numpy.savez_compressed} and {@link NpzWriter} write it. For one thread at a time.
 */
public final class NpzReader implements AutoCloseable {

  private static final String ENDING = ".npy";

  /** Share of the heap that one array may take while it is read. */
  private static final int SHARE_OF_HEAP = 4;

  private final Path file;
  private final ZipFile zip;

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if it cannot be read or is no zip archive
   */
  public NpzReader(Path file) {
    this.file = file;
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + ": must be a file, got none of this name");
    }
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          file + ": must be an .npz file, a zip archive of arrays, got " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": must be readable, got " + e, e);
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
   * Reads an array.
   *
   * @throws IllegalArgumentException if there is none of the name, or if it is damaged, too large
   *     or not of numbers
   */
  public NpyArray read(String name) {
    ZipEntry entry = zip.getEntry(name + ENDING);
    if (entry == null) {
      throw new IllegalArgumentException(
          "%s: must have an array %s, got %s".formatted(file, name, names()));
    }
    long size = entry.getSize();
    // What an archive claims is not believed: a few kilobytes may claim, and even hold, gigabytes.
    long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    if (size < 0 || size > most) {
      throw new IllegalArgumentException(
          "%s: %s must have at most %d bytes, got %d".formatted(file, name, most, size));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size + 1);
      if (bytes.length != size) {
        throw new IllegalArgumentException(
            "%s: %s must have the %d bytes that it announces, got %s"
                .formatted(file, name, size, bytes.length > size ? "more" : bytes.length));
      }
      return NpyArray.parse(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s is damaged: %s".formatted(file, name, e), e);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(file.toString())
          ? e
          : new IllegalArgumentException("%s: %s: %s".formatted(file, name, message), e);
    }
  }

  /** Closes the file. */
  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": could not be closed: " + e, e);
    }
  }
}
