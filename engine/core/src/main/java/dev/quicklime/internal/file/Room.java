package dev.quicklime.internal.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room on a disk. Some native writers end the process where a file cannot be written on, so that it
 * is tried before, by as many zeros: free space alone says nothing of quotas and limits of files.
 */
public final class Room {

  private static final int PART = 1 << 20;

  private Room() {}

  /**
   * Makes a file of so many bytes, for somebody to write over.
   *
   * @param file where; it is made or replaced, and taken away where there is no room
   * @param bytes as many as will be written there at most
   * @throws FileSystemException if they cannot be; it names the file
   */
  public static void reserve(Path file, long bytes) throws FileSystemException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] part = new byte[(int) Math.min(PART, bytes)];
      for (long left = bytes; left > 0; left -= part.length) {
        out.write(part, 0, (int) Math.min(part.length, left));
      }
    } catch (IOException e) {
      FileSystemException refusal = refusal(file, bytes, e);
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        refusal.addSuppressed(left);
      }
      throw refusal;
    }
  }

  private static FileSystemException refusal(Path file, long bytes, IOException e) {
    if (e instanceof FileSystemException known) {
      return known;
    }
    FileSystemException refusal =
        new FileSystemException(
            file.toString(),
            null,
            "must have room for %s bytes: %s".formatted(bytes, e.getMessage()));
    refusal.initCause(e);
    return refusal;
  }
}
