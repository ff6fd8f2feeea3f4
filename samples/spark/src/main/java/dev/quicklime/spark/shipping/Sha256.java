package dev.quicklime.spark.shipping;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests by which contents are known. Stateless. */
public final class Sha256 {

  private Sha256() {}

  /** The 32 bytes of some bytes' digest. */
  public static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** The same as hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }

  /** A digest of nothing yet. */
  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
