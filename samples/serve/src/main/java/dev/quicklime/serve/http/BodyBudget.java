package dev.quicklime.serve.http;

import dev.quicklime.serve.problem.ServiceException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes the bodies of all requests may have together that are read and have no answer yet:
 * a bound of each alone would leave the sum to the number of those who wait.
 */
final class BodyBudget {

  /** Of the heap; what is read of a body may take some times as much. */
  private static final int SHARE = 8;

  private static final int RETRY_SECONDS = 2;

  private final long all;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long all) {
    this.all = all;
  }

  /** An eighth of the heap, but room for one body in any case. */
  static BodyBudget of(long maxBody) {
    return new BodyBudget(Math.max(maxBody, Runtime.getRuntime().maxMemory() / SHARE));
  }

  /**
   * Takes some.
   *
   * @throws ServiceException if so many are not left
   */
  void take(long bytes) {
    if (taken.addAndGet(bytes) > all) {
      taken.addAndGet(-bytes);
      throw ServiceException.busy(
          "the requests that are waiting or at work have bodies of %s bytes, which is all that are"
                  .formatted(taken.get())
              + " taken",
          RETRY_SECONDS);
    }
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
