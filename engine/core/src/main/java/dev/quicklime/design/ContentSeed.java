package dev.quicklime.design;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * A seed from the bytes of a picture file: each picture has masks of its own, so that errors of
 * many pictures do not all point the same way, and has the same ones wherever and whenever it is
 * explained. It is the first eight bytes of the file's SHA-256 digest, the first the highest.
 */
public final class ContentSeed {

  private static final int BUFFER = 1 << 16;

  private ContentSeed() {}

  /** The seed of a file's bytes. */
  public static long of(byte[] file) {
    Objects.requireNonNull(file, "file");
    return ofDigest(sha256().digest(file));
  }

  /**
   * The seed of a file.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public static long of(Path file) {
    Objects.requireNonNull(file, "file");
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new InvalidInputException(file + " must be a file that can be read, got " + e, e);
    }
    return ofDigest(digest.digest());
  }

  /**
   * The seed of a file whose digest is known.
   *
   * @param sha256 its 32 bytes
   * @throws InvalidInputException if there are fewer than eight bytes
   */
  public static long ofDigest(byte[] sha256) {
    Objects.requireNonNull(sha256, "sha256");
    if (sha256.length < Long.BYTES) {
      throw new InvalidInputException(
          "a digest must have %s bytes or more, got %s".formatted(Long.BYTES, sha256.length));
    }
    return ByteBuffer.wrap(sha256).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
