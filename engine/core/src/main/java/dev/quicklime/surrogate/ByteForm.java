package dev.quicklime.surrogate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What writes itself, as bytes. */
final class ByteForm {

  private ByteForm() {}

  /** Writes itself. */
  @FunctionalInterface
  interface Written {
    void to(DataOutputStream out) throws IOException;
  }

  static byte[] of(Written written) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      written.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }
}
