package dev.quicklime.surrogate;

import dev.quicklime.internal.fit.sums.AdditiveSums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * {@link ShardSums} as they travel.
 *
 * @param bytes what the sums wrote
 */
@SuppressWarnings("ArrayRecordComponent") // Lives while it is written or read.
record PackedSums(ShardFrame frame, byte[] bytes) implements Serializable {

  static PackedSums of(ShardFrame frame, AdditiveSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      sums.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return new PackedSums(frame, bytes.toByteArray());
  }

  @Serial
  private Object readResolve() throws InvalidObjectException {
    try {
      return new ShardSums(
          frame, AdditiveSums.read(new DataInputStream(new ByteArrayInputStream(bytes))));
    } catch (IOException e) {
      throw new InvalidObjectException("these bytes are no sums", e);
    }
  }
}
