package dev.quicklime.serve.http;

import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with an exception where it goes on beyond a limit. */
final class BoundedStream extends FilterInputStream {

  private final long most;
  private long read;

  BoundedStream(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int got = super.read(into, at, length);
    count(Math.max(got, 0));
    return got;
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
  }
}
