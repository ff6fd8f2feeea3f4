package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ReadLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a service takes and keeps.
 *
 * @param workers how many explanations and predictions run at once, ≥ 1
 * @param waiting how many more requests are admitted, ≥ 0; all others are refused by 429
 * @param maxBody bytes that a body may have, ≥ 1024
 * @param maxPictures pictures of one request, or rows to explain, ≥ 1; of rows to predict 1024
 *     times as many
 * @param longest what a request may take where it says nothing, and at most; above 0
 * @param slowest how long a request may take to arrive and an answer to be taken, above 0
 * @param keptAnswers answers that are kept for those who ask the same again, 0 for none
 * @param keptBytes bytes that they may have together, ≥ 0
 * @param limits of pictures to predict; those to explain have theirs in their options
 * @param tokens who may use it
 * @param accessLog hears of each request that was answered, a line of JSON each
 */
public record ServiceOptions(
    int workers,
    int waiting,
    long maxBody,
    int maxPictures,
    Duration longest,
    Duration slowest,
    int keptAnswers,
    long keptBytes,
    ReadLimits limits,
    BearerTokens tokens,
    Consumer<String> accessLog) {

  private static final long LEAST_BODY = 1024;

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if one is outside of its range
   */
  public ServiceOptions {
    Objects.requireNonNull(longest, "longest");
    Objects.requireNonNull(slowest, "slowest");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(accessLog, "accessLog");
    atLeast("workers", workers, 1);
    atLeast("waiting requests", waiting, 0);
    atLeast("the largest body", maxBody, LEAST_BODY);
    atLeast("pictures of a request", maxPictures, 1);
    atLeast("milliseconds of a request", longest.toMillis(), 1);
    atLeast("milliseconds of its arrival", slowest.toMillis(), 1);
    atLeast("answers kept", keptAnswers, 0);
    atLeast("bytes kept", keptBytes, 0);
  }

  private static void atLeast(String what, long value, long least) {
    if (value < least) {
      throw new InvalidInputException(what + " must be at least " + least + ", got " + value);
    }
  }

  /**
   * A worker for each processor, 8 at most; 64 requests that wait; bodies of 64 MiB and 32
   * pictures; 5 minutes for a request, 30 seconds for it to arrive; 256 answers kept, of 64 MiB
   * together; no token, no log.
   */
  public static ServiceOptions defaults() {
    return new ServiceOptions(
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8),
        64,
        64L << 20,
        32,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        256,
        64L << 20,
        ReadLimits.defaults(),
        BearerTokens.none(),
        _ -> {});
  }

  /** The same with other numbers of workers and of requests that wait. */
  public ServiceOptions withWork(int newWorkers, int newWaiting) {
    return new ServiceOptions(
        newWorkers,
        newWaiting,
        maxBody,
        maxPictures,
        longest,
        slowest,
        keptAnswers,
        keptBytes,
        limits,
        tokens,
        accessLog);
  }

  /** The same with other limits of a request's body and pictures. */
  public ServiceOptions withBody(long newMaxBody, int newMaxPictures) {
    return new ServiceOptions(
        workers,
        waiting,
        newMaxBody,
        newMaxPictures,
        longest,
        slowest,
        keptAnswers,
        keptBytes,
        limits,
        tokens,
        accessLog);
  }

  /** The same with other times for a request, and for it to arrive. */
  public ServiceOptions withTimes(Duration newLongest, Duration newSlowest) {
    return new ServiceOptions(
        workers,
        waiting,
        maxBody,
        maxPictures,
        newLongest,
        newSlowest,
        keptAnswers,
        keptBytes,
        limits,
        tokens,
        accessLog);
  }

  /** The same with another number of answers and bytes kept. */
  public ServiceOptions withKept(int answers, long bytes) {
    return new ServiceOptions(
        workers,
        waiting,
        maxBody,
        maxPictures,
        longest,
        slowest,
        answers,
        bytes,
        limits,
        tokens,
        accessLog);
  }

  /** The same for other users. */
  public ServiceOptions withTokens(BearerTokens value) {
    return new ServiceOptions(
        workers,
        waiting,
        maxBody,
        maxPictures,
        longest,
        slowest,
        keptAnswers,
        keptBytes,
        limits,
        value,
        accessLog);
  }

  /** The same with another log. */
  public ServiceOptions withAccessLog(Consumer<String> value) {
    return new ServiceOptions(
        workers,
        waiting,
        maxBody,
        maxPictures,
        longest,
        slowest,
        keptAnswers,
        keptBytes,
        limits,
        tokens,
        value);
  }
}
