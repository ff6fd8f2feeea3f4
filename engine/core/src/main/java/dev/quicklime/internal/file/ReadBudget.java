package dev.quicklime.internal.file;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many bytes of the heap what is read from one file may take. A file of a few hundred bytes can
 * claim, or be inflated to, far more than there is, so that readers ask here before they allocate.
 * Whoever reads counts, for one thread.
 *
 * <p>A file may become {@value #TIMES} times as large as it is, or {@value #LEAST_MIB} MiB if that
 * is more: what compresses better than that is hardly data. No file may take more than a quarter of
 * the heap.
 */
public final class ReadBudget {

  private static final int TIMES = 256;
  private static final int LEAST_MIB = 16;
  private static final int SHARE_OF_HEAP = 4;

  /**
   * What an object with a reference to it takes at least, and a small one with its text at most.
   */
  public static final int OBJECT = 64;

  private final long fileBytes;
  private final long ofFile;
  private final long ofHeap;
  private long taken;

  private ReadBudget(long fileBytes, long heap) {
    this.fileBytes = fileBytes;
    ofFile = Math.max((long) LEAST_MIB << 20, times(fileBytes));
    ofHeap = heap / SHARE_OF_HEAP;
  }

  /** For a file of so many bytes. */
  public static ReadBudget of(long fileBytes) {
    return new ReadBudget(fileBytes, Runtime.getRuntime().maxMemory());
  }

  /** For a file as large as it is now. */
  public static ReadBudget of(Path file) throws IOException {
    return of(Files.size(file));
  }

  /** For a heap of another size. */
  static ReadBudget of(long fileBytes, long heap) {
    return new ReadBudget(fileBytes, heap);
  }

  /**
   * Counts memory that is about to be taken and kept.
   *
   * @param bytes how much, ≥ 0
   * @throws InvalidInputException if that is more than is left
   */
  public void take(long bytes) {
    check(bytes);
    taken += bytes;
  }

  /**
   * Counts {@code count} objects or numbers of a size.
   *
   * @throws InvalidInputException if that is more than is left
   */
  public void take(long count, long size) {
    take(count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size);
  }

  /**
   * Refuses memory that is taken for a moment only if there is not so much left.
   *
   * @throws InvalidInputException if so
   */
  public void check(long bytes) {
    if (bytes < 0 || bytes > ofFile - taken) {
      throw new InvalidInputException(
          "a file of %d bytes may become %d in memory, got more: it claims or unpacks to too much"
              .formatted(fileBytes, ofFile));
    }
    if (bytes > ofHeap - taken) {
      throw new InvalidInputException(
          "a file may become %d bytes in memory, a quarter of the JVM's heap, got more: give the"
                  .formatted(ofHeap)
              + " JVM a larger heap or the file less");
    }
  }

  /** How many bytes may still be taken. */
  public long left() {
    return Math.max(0, Math.min(ofFile, ofHeap) - taken);
  }

  /**
   * Refuses what is computed from a file where it would take half of the heap or more.
   *
   * @param what it is
   * @throws InvalidInputException if so
   */
  public static void heap(String what, long bytes) {
    long most = Runtime.getRuntime().maxMemory() / 2;
    if (bytes < 0 || bytes > most) {
      throw new InvalidInputException(
          "%s must take at most half of the JVM's heap, %d bytes, got %d; give it a larger heap"
              .formatted(what, most, bytes));
    }
  }

  /**
   * How many bytes may have what is read whole and becomes many small objects, as JSON does.
   *
   * @param most how many bytes such a text may have on any heap
   */
  public static long mostSmall(long most) {
    // A byte of JSON becomes twenty in memory: "0," is a node and its place in a list.
    return Math.min(most, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / 20);
  }

  /**
   * Bytes of a file that is read whole and becomes many small objects, as JSON does.
   *
   * @param most how many bytes a file of its kind may have
   * @throws InvalidInputException if it is larger, or too large for this heap
   * @throws IOException if it cannot be read
   */
  public static byte[] small(Path file, long most) throws IOException {
    long bound = mostSmall(most);
    long size = Files.size(file);
    if (size > bound) {
      throw new InvalidInputException(
          "the file must have at most %d bytes here, got %d".formatted(bound, size));
    }
    return Files.readAllBytes(file);
  }

  private static long times(long bytes) {
    return bytes > Long.MAX_VALUE / TIMES ? Long.MAX_VALUE : bytes * TIMES;
  }
}
