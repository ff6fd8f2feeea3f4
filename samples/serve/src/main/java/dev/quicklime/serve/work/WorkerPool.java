package dev.quicklime.serve.work;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that do one job after the other. A bounded number of requests is admitted;
 * clients take turns, and where all places are taken, a client that has the most gives its newest
 * waiting one to a client that has at least two fewer.
 *
 * <p>Not virtual threads: work that never blocks would keep them from each other for seconds, in no
 * order of arrival.
 */
public final class WorkerPool implements AutoCloseable {

  private static final int MOST_RETRY_SECONDS = 60;

  private final int threads;
  private final int places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final FairQueue<Job<?>> queue = new FairQueue<>();
  private final Map<String, ArrayDeque<Admission>> admitted = new HashMap<>();
  private final Set<Job<?>> running = new HashSet<>();
  private final List<Thread> workers = new ArrayList<>();
  private int taken;
  private boolean stopping;
  private boolean ended;

  /** Seconds that a job takes, lately. */
  private double usual = 1;

  /**
   * Starts the threads.
   *
   * @param threads how many jobs run at once, ≥ 1
   * @param waiting how many more requests are admitted, ≥ 0
   * @throws InvalidInputException if a number is too low
   */
  public WorkerPool(int threads, int waiting) {
    if (threads < 1 || waiting < 0) {
      throw new InvalidInputException(
          "workers must be at least 1 and waiting requests at least 0, got %s and %s"
              .formatted(threads, waiting));
    }
    this.threads = threads;
    this.places = Math.addExact(threads, waiting);
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().daemon().name("explain-" + i).start(this::work));
    }
  }

  /**
   * Takes a place for a request, before its body is read.
   *
   * @param client whose it is
   * @throws ServiceException if there is none, or the service is ending
   */
  public Admission admit(String client) {
    Objects.requireNonNull(client, "client");
    Admission admission = new Admission(this, client);
    Admission loser = null;
    lock.lock();
    try {
      if (stopping) {
        throw stopped();
      }
      if (taken >= places) {
        loser = displaceable(client);
        if (loser == null) {
          throw ServiceException.busy(
              "%s requests are waiting or at work, which is all that are taken".formatted(taken),
              retrySeconds());
        }
        drop(loser);
      }
      admitted.computeIfAbsent(client, _ -> new ArrayDeque<>()).add(admission);
      taken++;
    } finally {
      lock.unlock();
    }
    return admission;
  }

  /** The newest place of the client that has the most, where this one has at least two fewer. */
  private @Nullable Admission displaceable(String client) {
    int own = count(client);
    ArrayDeque<Admission> most =
        admitted.values().stream().max(Comparator.comparingInt(ArrayDeque::size)).orElse(null);
    if (most == null || most.size() < own + 2) {
      return null;
    }
    ServiceException why =
        ServiceException.busy("its place was given to a client that has fewer", retrySeconds());
    var newest = most.descendingIterator();
    while (newest.hasNext()) {
      Admission one = newest.next();
      if (one.displace(why)) {
        return one;
      }
    }
    return null;
  }

  private int count(String client) {
    ArrayDeque<Admission> own = admitted.get(client);
    return own == null ? 0 : own.size();
  }

  private int retrySeconds() {
    double seconds = Math.ceil(usual * (queue.size() + 1) / threads);
    return (int) Math.clamp(seconds, 1, MOST_RETRY_SECONDS);
  }

  void release(Admission admission) {
    lock.lock();
    try {
      drop(admission);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void drop(Admission admission) {
    ArrayDeque<Admission> own = admitted.get(admission.client());
    if (own != null && own.remove(admission)) {
      taken--;
      if (own.isEmpty()) {
        admitted.remove(admission.client());
      }
    }
  }

  void enqueue(Job<?> job) {
    lock.lock();
    try {
      if (stopping) {
        throw stopped();
      }
      queue.add(job.client(), job);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void forget(Job<?> job) {
    lock.lock();
    try {
      queue.remove(job.client(), job);
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    for (Job<?> job = next(); job != null; job = next()) {
      long start = System.nanoTime();
      job.run();
      finished(job, (System.nanoTime() - start) / 1e9);
    }
  }

  private @Nullable Job<?> next() {
    lock.lock();
    try {
      while (true) {
        Job<?> job = queue.poll();
        if (job != null) {
          running.add(job);
          return job;
        }
        if (ended) {
          return null;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void finished(Job<?> job, double seconds) {
    lock.lock();
    try {
      running.remove(job);
      usual += (seconds - usual) / 8;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static ServiceException stopped() {
    return ServiceException.of(Problem.STOPPING, "the service is ending");
  }

  /** Jobs that wait for a worker. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Jobs that workers are at. */
  public int running() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /** Requests that are admitted. */
  public int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether requests are admitted while there is room. */
  public boolean open() {
    lock.lock();
    try {
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the work: nothing is admitted any more, what waits is refused, what runs may finish within
   * a time and is cancelled then. Returns when the requests that were admitted are gone, or a
   * second after what was cancelled.
   *
   * @param grace how long jobs may run on
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void stop(Duration grace) throws InterruptedException {
    List<Job<?>> refused;
    lock.lock();
    try {
      stopping = true;
      refused = queue.drain();
    } finally {
      lock.unlock();
    }
    refused.forEach(job -> job.cancel(stopped()));
    if (!awaitNone(grace)) {
      List<Job<?>> late;
      lock.lock();
      try {
        late = List.copyOf(running);
      } finally {
        lock.unlock();
      }
      late.forEach(job -> job.cancel(stopped()));
      boolean _ = awaitNone(Duration.ofSeconds(1));
    }
  }

  /** Whether all requests are gone within a time. */
  private boolean awaitNone(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (taken > 0 || !running.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Cancels what is there and ends the threads; waits for them for some seconds. */
  @Override
  public void close() {
    try {
      stop(Duration.ZERO);
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      for (Thread worker : workers) {
        worker.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
