package dev.quicklime.files;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * By what a file that went into an explanation is known again. The checksum tells files apart that
 * were changed or mixed up; it is no protection against forgery.
 *
 * @param path as it was named
 * @param bundled whether it comes with Quicklime, wherever it was unpacked to
 * @param bytes its length, ≥ 0
 * @param crc32 CRC-32 of its bytes, eight hexadecimal digits in small letters
 */
public record FileMark(String path, boolean bundled, long bytes, String crc32) {

  /** Of so many bytes a processor reads its share while the next ones come. */
  private static final int BUFFER = 1 << 16;

  /**
   * Checks length and checksum.
   *
   * @throws InvalidInputException if one cannot be that of a file
   */
  public FileMark {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(crc32, "crc32");
    if (path.isEmpty()) {
      throw new InvalidInputException("path must be that of a file, got nothing");
    }
    if (bytes < 0) {
      throw new InvalidInputException("bytes must be 0 or more, got " + bytes);
    }
    if (!crc32.matches("[0-9a-f]{8}")) {
      throw new InvalidInputException(
          "crc32 must be eight hexadecimal digits in small letters, got " + crc32);
    }
  }

  /**
   * Reads a file through.
   *
   * @param bundled whether it comes with Quicklime
   * @throws InvalidInputException if it cannot be read
   */
  public static FileMark of(Path file, boolean bundled) {
    Objects.requireNonNull(file, "file");
    CRC32 sum = new CRC32();
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sum.update(buffer, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      throw new InvalidInputException(file + " must be a file that can be read, got " + e, e);
    }
    return new FileMark(
        file.toString(), bundled, bytes, String.format(Locale.ROOT, "%08x", sum.getValue()));
  }

  /** Whether two files hold the same, wherever they lie. */
  public boolean sameContent(FileMark other) {
    Objects.requireNonNull(other, "other");
    return bytes == other.bytes && crc32.equals(other.crc32);
  }
}
