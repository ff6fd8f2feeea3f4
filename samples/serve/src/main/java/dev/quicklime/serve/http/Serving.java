package dev.quicklime.serve.http;

import dev.quicklime.serve.metrics.ServiceMetrics;
import dev.quicklime.serve.model.AnswerCache;
import dev.quicklime.serve.model.Explaining;
import dev.quicklime.serve.model.ExplainingRows;
import dev.quicklime.serve.model.ModelTable;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.work.Job;
import dev.quicklime.serve.work.WorkerPool;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What all routes share.
 *
 * @param models what is served
 * @param pool who does the work
 * @param explaining how pictures are explained
 * @param explainingRows how rows are
 * @param cache what is kept
 * @param metrics what is counted
 * @param options what is taken
 */
record Serving(
    ModelTable models,
    WorkerPool pool,
    Explaining explaining,
    ExplainingRows explainingRows,
    AnswerCache cache,
    ServiceMetrics metrics,
    ServiceOptions options) {

  /** How often somebody who waits is told so, and who is gone is looked for. */
  static final Duration BEAT = Duration.ofMillis(200);

  static Serving of(ModelTable models, ServiceOptions options) {
    AnswerCache cache = new AnswerCache(options.keptAnswers(), options.keptBytes());
    WorkerPool pool = new WorkerPool(options.workers(), options.waiting());
    ServiceMetrics metrics = new ServiceMetrics();
    metrics.gauge("quicklime_queue_length", pool::waiting);
    metrics.gauge("quicklime_running", pool::running);
    metrics.gauge("quicklime_admitted", pool::taken);
    metrics.gauge("quicklime_batch_forwards", models::forwards);
    metrics.gauge("quicklime_batch_shared_rows", models::sharedRows);
    metrics.gauge("quicklime_cache_answers", cache::size);
    metrics.gauge("quicklime_cache_bytes", cache::bytes);
    metrics.gauge("quicklime_cache_hits", cache::hits);
    metrics.gauge("quicklime_cache_misses", cache::misses);
    metrics.gauge("quicklime_cache_refits", cache::refits);
    return new Serving(
        models,
        pool,
        new Explaining(cache, metrics::made),
        new ExplainingRows(cache, metrics::made),
        cache,
        metrics,
        options);
  }

  /** Whether requests are taken, and all models can be asked. */
  boolean ready() {
    return pool.open() && models.ready();
  }

  /** Whether requests are taken, and a model can be asked. */
  boolean ready(Served model) {
    return pool.open() && model.ready();
  }

  /** What a request may take: what it asks for, but never more than the service allows. */
  Duration time(@Nullable Duration asked) {
    return asked == null || asked.compareTo(options.longest()) > 0 ? options.longest() : asked;
  }

  /**
   * Waits for jobs.
   *
   * @param atMost since the request came
   * @param beat called every 200 ms
   * @throws ServiceException if they are not done in time
   * @throws CloseConnectionException if the client is gone
   */
  <T> List<T> await(Exchange exchange, List<Job<T>> jobs, Duration atMost, Runnable beat) {
    AtomicBoolean gone = new AtomicBoolean();
    List<T> results = new ArrayList<>();
    for (Job<T> job : jobs) {
      while (!await(job, least(BEAT, exchange.left(atMost)))) {
        if (gone.get()) {
          throw new CloseConnectionException("the client is gone");
        }
        if (!exchange.left(atMost).isPositive()) {
          throw ServiceException.of(
              Problem.LATE,
              "the answer was not ready within %s ms%s"
                  .formatted(
                      atMost.toMillis(),
                      job.hasBegun() ? "" : ", all of which the request waited in the queue"));
        }
        WatchedConnection connection = exchange.connection();
        if (connection != null
            && connection.whenGone(
                () -> {
                  gone.set(true);
                  jobs.forEach(
                      one -> one.cancel(new CloseConnectionException("the client is gone")));
                })) {
          exchange.closeAfter();
        }
        beat.run();
      }
      exchange.waited(job.waitedNanos() / 1e9);
      if (job.hasBegun()) {
        metrics.waited(job.waitedNanos() / 1e9);
      }
      results.add(job.result());
    }
    return results;
  }

  private static boolean await(Job<?> job, Duration atMost) {
    try {
      return job.await(atMost.isPositive() ? atMost : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.of(Problem.STOPPING, "the service is ending", e);
    }
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
