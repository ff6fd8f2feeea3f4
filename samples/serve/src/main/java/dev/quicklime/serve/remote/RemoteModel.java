package dev.quicklime.serve.remote;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.serve.model.Readiness;
import dev.quicklime.serve.problem.ServiceException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model elsewhere, behind a predictor of KServe's protocols. It need not be there yet: a thread
 * of its own asks for it every second, and until it is found {@link #format} and all that follows
 * from it throw a {@link ServiceException} that tells what is missing. Then what the predictor says
 * of its input is settled for good; one that goes away later fails batches, and works again when it
 * is back.
 *
 * <p>A batch that fails throws a {@link ServiceException}, {@link
 * dev.quicklime.serve.problem.Problem#PREDICTOR} or {@link
 * dev.quicklime.serve.problem.Problem#LATE}; interrupting a thread that waits for scores, or giving
 * them up, ends the request and closes its connection.
 */
public final class RemoteModel implements PipelinedClassifier, Readiness {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final PredictorOptions options;
  private final Preprocessing asked;
  private final int batch;
  private final PredictorHttp http;
  private final Predictor predictor;
  private final Thread seeker;
  private final Queue<MemorySegment> spare = new ConcurrentLinkedQueue<>();
  private final AtomicInteger classes = new AtomicInteger();
  private final CountDownLatch found = new CountDownLatch(1);
  private volatile @Nullable RemoteInput input;
  private volatile String missing;
  private volatile boolean closed;

  private RemoteModel(
      PredictorOptions options, Preprocessing asked, int batch, Consumer<String> news) {
    this.options = options;
    this.asked = asked;
    this.batch = batch;
    this.http = new PredictorHttp(options);
    this.predictor =
        switch (options.protocol()) {
          case V1 -> new V1Predictor(options, http);
          case V2 -> new V2Predictor(options, http);
        };
    this.missing = "the predictor at %s was not asked yet".formatted(options.base());
    this.seeker =
        Thread.ofVirtual().name("predictor-" + options.model()).unstarted(() -> seek(news));
  }

  /**
   * Begins to look for a predictor, and returns at once.
   *
   * @param options where it is
   * @param asked the input it takes, as far as it does not say so by itself
   * @param batch pictures that are sent at once, 1 to 4096, unless it holds to another number
   * @param news hears what is waited for, whenever that changes, and that the predictor is there;
   *     on another thread
   * @throws InvalidInputException if the batch is outside of its range
   */
  public static RemoteModel seek(
      PredictorOptions options, Preprocessing asked, int batch, Consumer<String> news) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(news, "news");
    if (batch < 1 || batch > 4096) {
      throw new InvalidInputException("batch must be between 1 and 4096, got " + batch);
    }
    RemoteModel model = new RemoteModel(options, asked, batch, news);
    model.seeker.start();
    return model;
  }

  private void seek(Consumer<String> news) {
    String told = "";
    while (!closed) {
      try {
        RemoteInput met = predictor.meet(asked, batch);
        input = met;
        found.countDown();
        news.accept("the predictor at %s is ready".formatted(options.base()));
        return;
      } catch (CancellationException e) {
        return;
      } catch (ServiceException | InvalidInputException e) {
        missing = "waiting for the predictor at %s: %s".formatted(options.base(), e.getMessage());
      } catch (RuntimeException e) {
        // A bug; but whoever waits must hear of it, and not wait for a thread that is gone.
        missing = "cannot ask the predictor at %s: %s".formatted(options.base(), e);
      }
      if (!missing.equals(told) && !closed) {
        told = missing;
        news.accept(told);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public @Nullable String missing() {
    return input == null ? missing : null;
  }

  /**
   * Waits until the predictor is there.
   *
   * @return whether it is
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean await(Duration atMost) throws InterruptedException {
    return found.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private RemoteInput input() {
    if (closed) {
      throw new IllegalStateException("the remote model %s is closed".formatted(options.model()));
    }
    RemoteInput met = input;
    if (met == null) {
      throw ServiceException.unready(missing, (int) PAUSE.toSeconds());
    }
    return met;
  }

  @Override
  public ClassifierInfo info() {
    RemoteInput met = input;
    return new ClassifierInfo(
        options.model(),
        "predictor of " + options.protocol(),
        null,
        options.base().getAuthority(),
        met == null ? "fp32" : met.type().word(),
        1,
        met == null ? List.of() : met.decisions(),
        List.of(),
        met == null ? null : met.output());
  }

  @Override
  public BatchFormat format() {
    return input().format();
  }

  @Override
  public int batchSize() {
    return input().batch();
  }

  @Override
  public int inFlight() {
    return options.inFlight();
  }

  @Override
  public Batch newBatch() {
    RemoteInput met = input();
    MemorySegment kept = spare.poll();
    MemorySegment pixels =
        kept != null
            ? kept
            : MemorySegment.ofBuffer(
                ByteBuffer.allocateDirect(Math.toIntExact(met.batch() * met.format().bytes())));
    return Batch.of(pixels, () -> spare.add(pixels));
  }

  @Override
  public double[] score(Batch pictures, int rows) {
    return submit(pictures, rows).await();
  }

  @Override
  public PendingScores submit(Batch pictures, int rows) {
    RemoteInput met = input();
    if (rows < 1 || rows > met.batch()) {
      throw new InvalidInputException(
          "rows must be between 1 and %s, got %s".formatted(met.batch(), rows));
    }
    RemoteCall call = http.send(predictor.request(met, pictures.pixels(), rows));
    return new PendingScores() {
      @Override
      public double[] await() {
        return scores(met, call.await(), rows);
      }

      @Override
      public void abandon() {
        call.abandon();
      }
    };
  }

  private double[] scores(RemoteInput met, HttpResponse<byte[]> answer, int rows) {
    int sent = met.sent(rows);
    double[] all = predictor.scores(met, answer, sent);
    int each = all.length / sent;
    int before = classes.compareAndExchange(0, each);
    if (before != 0 && before != each) {
      throw Faults.wrong("%s scores for each picture, as before".formatted(before), "" + each);
    }
    if (sent == rows) {
      return all;
    }
    double[] meant = new double[rows * each];
    System.arraycopy(all, 0, meant, 0, meant.length);
    return meant;
  }

  /** Stops looking for the predictor, and ends what it is asked. */
  @Override
  public void close() {
    closed = true;
    seeker.interrupt();
    http.close();
    spare.clear();
  }
}
