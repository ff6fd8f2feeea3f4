package dev.quicklime.spark.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.profile.ProfilePicture;
import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.profile.PictureProfile;
import dev.quicklime.profile.ReferenceRange;
import dev.quicklime.report.profile.ProfileLine;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.spark.run.JobFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the results of a profile lack, by the executors of an application. Several pictures
 * are under way at once; results are added in the order in which one process would add them, and
 * what comes before its turn waits in the driver, of no more pictures than are under way.
 */
final class SparkProfile {

  private static final int MOST_UNDER_WAY = 64;
  private static final int LEAST_ROWS = 256;
  private static final int MOST_ROWS = 4096;
  private static final long TELL_MILLIS = 200;
  private static final long PATIENCE_MILLIS = 1000;

  private final SparkContext context;
  private final ProfileSpec spec;
  private final ProfilePlan plan;
  private final ResultFile results;
  private final List<ReferenceRange> ranges;
  private final String group = "quicklime-profile-" + UUID.randomUUID();
  private final List<Exception> failures = new ArrayList<>();

  /**
   * Prepares to measure.
   *
   * @param batch pictures that the model scores at once
   */
  SparkProfile(
      SparkContext context, ProfileSpec spec, ProfilePlan plan, ResultFile results, int batch) {
    this.context = context;
    this.spec = spec;
    this.plan = plan;
    this.results = results;
    ranges = ReferenceRange.split(plan.options(), rows(), batch);
  }

  /** So many that one picture keeps all executors busy, and a task is worth its start. */
  private int rows() {
    long all = PictureProfile.preparation(plan.options());
    return Math.clamp(all / (2L * context.defaultParallelism()), LEAST_ROWS, MOST_ROWS);
  }

  /**
   * Measures, and adds every seed to the results when it and those before it are finished.
   *
   * @return why some pictures could not be measured; each message names its picture
   * @throws CancellationException if the thread is interrupted; Spark's jobs are cancelled
   * @throws QuicklimeException if the model fails
   */
  List<Exception> measure() throws IOException {
    List<String> missing = plan.missing(results);
    long total = missing.stream().mapToLong(name -> plan.work(name, results)).sum();
    if (total == 0) {
      return failures;
    }
    ExecutorService threads = threads();
    try (JobProgress progress = new JobProgress(total)) {
      Deque<PicturePass> underWay = new ArrayDeque<>();
      Iterator<String> next = missing.iterator();
      while (next.hasNext() || !underWay.isEmpty()) {
        while (next.hasNext() && underWay.size() < mostUnderWay()) {
          PicturePass pass = pass(next.next(), progress);
          underWay.add(pass);
          threads.execute(pass);
        }
        add(underWay.element(), progress);
        underWay.remove();
      }
    } catch (InterruptedException e) {
      CancellationException cancelled = new CancellationException("the profile was interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      end(threads);
    }
    return failures;
  }

  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(
        work -> {
          Thread thread = new Thread(work, "quicklime-profile");
          thread.setDaemon(true);
          return thread;
        });
  }

  private int mostUnderWay() {
    int tasks = Math.min(ranges.size(), plan.seeds());
    long wanted = 1 + Math.ceilDiv(2L * context.defaultParallelism(), tasks);
    return (int) Math.min(wanted, MOST_UNDER_WAY);
  }

  private PicturePass pass(String name, JobProgress progress) {
    List<Integer> missing =
        IntStream.range(SeedWork.REFERENCES, plan.seeds())
            .filter(seed -> !results.has(name, seed))
            .boxed()
            .toList();
    return new PicturePass(context, spec, plan, name, missing, ranges, group, progress);
  }

  /** Adds what comes of a picture, each seed in its turn. */
  private void add(PicturePass pass, JobProgress progress)
      throws IOException, InterruptedException {
    Map<Integer, Answer<ArrayList<ProfileLine>>> early = new HashMap<>();
    Deque<Integer> turns = new ArrayDeque<>(pass.missing());
    boolean wrong = false;
    while (true) {
      progress.tell();
      PicturePass.News news = pass.news().poll(TELL_MILLIS, TimeUnit.MILLISECONDS);
      switch (news) {
        case null -> {
          // Nothing yet.
        }
        case PicturePass.News.End(Exception cause) -> {
          told(pass.name(), cause, wrong);
          return;
        }
        case PicturePass.News.Seed(int seed, Answer<ArrayList<ProfileLine>> lines) -> {
          early.put(seed, lines);
          while (!wrong && !turns.isEmpty()) {
            Answer<ArrayList<ProfileLine>> next = early.remove(turns.element());
            if (next == null) {
              break;
            }
            turns.remove();
            wrong = !add(pass.name(), next);
          }
        }
      }
    }
  }

  private boolean add(String name, Answer<? extends List<ProfileLine>> lines) throws IOException {
    List<ProfileLine> measured;
    try {
      measured = lines.get();
    } catch (InvalidInputException e) {
      failures.add(ProfilePicture.wrong(name, e));
      return false;
    }
    results.add(measured);
    return true;
  }

  private void told(String name, @Nullable Exception cause, boolean known) {
    if (cause instanceof InvalidInputException wrong) {
      if (!known) {
        failures.add(ProfilePicture.wrong(name, wrong));
      }
    } else if (cause != null) {
      throw JobFailure.told(cause);
    }
  }

  private void end(ExecutorService threads) {
    threads.shutdown();
    if (!context.isStopped()) {
      context.cancelJobGroupAndFutureJobs(group);
    }
    boolean interrupted = Thread.interrupted();
    try {
      boolean _ = threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
