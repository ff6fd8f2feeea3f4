package dev.quicklime.serve.work;

import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A place among the requests that are taken, from before a body is read until its answer is sent.
 * For one thread, which closes it in the end; work that is not done then is cancelled.
 */
public final class Admission implements AutoCloseable {

  private final WorkerPool pool;
  private final String client;
  private final List<Job<?>> jobs = new ArrayList<>();
  private @Nullable ServiceException displaced;
  private boolean closed;

  Admission(WorkerPool pool, String client) {
    this.pool = pool;
    this.client = client;
  }

  String client() {
    return client;
  }

  /**
   * Puts work in the queue, behind all of the same client.
   *
   * @throws ServiceException if the place was given to somebody else, or the service is ending
   */
  public <T> Job<T> start(Callable<T> work) {
    Job<T> job = new Job<>(client, work, pool::forget);
    synchronized (this) {
      if (displaced != null) {
        throw displaced;
      }
      if (closed) {
        throw new IllegalStateException("this admission is closed");
      }
      jobs.add(job);
    }
    pool.enqueue(job);
    return job;
  }

  /** Gives the place up for a client that has fewer, unless a worker is at it. */
  synchronized boolean displace(ServiceException why) {
    if (closed || displaced != null || jobs.stream().anyMatch(Job::hasBegun)) {
      return false;
    }
    displaced = why;
    jobs.forEach(job -> job.cancel(why));
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    jobs.forEach(
        job -> {
          if (!job.done()) {
            job.cancel(ServiceException.of(Problem.FAILED, "the request was given up"));
          }
        });
    pool.release(this);
  }
}
