package dev.quicklime.surrogate;

import dev.quicklime.internal.fit.errors.ErrorProblem;
import dev.quicklime.internal.fit.sums.ByteForm;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/**
 * Fits to {@link ShardSums} whose intervals depend on what they leave of each row, which sums do
 * not tell: whoever has this goes over the rows of any shard once more, see {@link ErrorSums}. Made
 * by {@link SurrogateFitter#secondPass}; 4·d² bytes and some. Immutable.
 */
public final class SecondPass implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final transient ShardFrame frame;
  private final transient ErrorProblem problem;

  SecondPass(ShardFrame frame, ErrorProblem problem) {
    this.frame = Objects.requireNonNull(frame, "frame");
    this.problem = problem;
  }

  /** What all shards have in common. */
  public ShardFrame frame() {
    return frame;
  }

  ErrorProblem problem() {
    return problem;
  }

  @Serial
  private Object writeReplace() {
    return new Packed(frame, ByteForm.of(problem::write));
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("fits are read as what they were written as");
  }

  /**
   * How it travels.
   *
   * @param bytes what the fits wrote
   */
  @SuppressWarnings("ArrayRecordComponent") // Lives while it is written or read.
  private record Packed(ShardFrame frame, byte[] bytes) implements Serializable {
    @Serial
    private Object readResolve() throws InvalidObjectException {
      try {
        return new SecondPass(
            frame, ErrorProblem.read(new DataInputStream(new ByteArrayInputStream(bytes))));
      } catch (IOException e) {
        throw new InvalidObjectException("these bytes are no fits", e);
      }
    }
  }
}
