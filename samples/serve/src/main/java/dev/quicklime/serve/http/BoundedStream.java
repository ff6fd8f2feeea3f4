package dev.quicklime.serve.http;

import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A body that ends with an exception where it goes on beyond a limit. */
final class BoundedStream extends FilterInputStream {

  private final long most;
  private final Runnable broken;
  private final LongConsumer counted;
  private long read;

  /**
   * Reads a body.
   *
   * @param counted told how many bytes were read with each part, before they are used
   * @param broken called where nothing that follows on the connection can be understood
   */
  BoundedStream(InputStream in, long most, LongConsumer counted, Runnable broken) {
    super(in);
    this.most = most;
    this.counted = counted;
    this.broken = broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    try {
      int got = super.read(into, at, length);
      count(Math.max(got, 0));
      return got;
    } catch (IllegalArgumentException e) {
      // A length of a chunk that is no number.
      broken.run();
      throw ServiceException.of(Problem.INVALID, "the chunks of the body must have lengths", e);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Closing Helidon's would read to the end of what may never come. */
  @Override
  public void close() {
    read = 0;
  }

  private void count(int more) {
    read += more;
    if (read > most) {
      throw ServiceException.of(Problem.TOO_LARGE, ClientWatch.tooLarge(most));
    }
    counted.accept(more);
  }
}
