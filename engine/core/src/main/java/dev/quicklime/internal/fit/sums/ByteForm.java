package dev.quicklime.internal.fit.sums;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What writes itself, as bytes. */
public final class ByteForm {

  private ByteForm() {}

  /** Writes itself. */
  @FunctionalInterface
  public interface Written {

    /** Writes all that is needed to read it. */
    void to(DataOutputStream out) throws IOException;
  }

  /** What something writes. */
  public static byte[] of(Written written) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      written.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }
}
