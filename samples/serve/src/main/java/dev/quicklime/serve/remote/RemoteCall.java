package dev.quicklime.serve.remote;

import dev.quicklime.serve.problem.ServiceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to a predictor, sent at once and again where that may help: where the connection
 * broke, and where it is told to come again later. Scoring changes nothing, so it may be asked
 * twice. For one thread.
 */
final class RemoteCall {

  private static final int OK = 200;
  private static final int BUSY = 429;
  private static final int UNAVAILABLE = 503;

  /** Who is told to come again at once must not do nothing else. */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

  private final HttpClient client;
  private final HttpRequest request;
  private final long most;
  private final Duration timeout;
  private final long end;
  private int retries;
  private CompletableFuture<HttpResponse<byte[]>> answer;

  /**
   * Sends a request.
   *
   * @param most bytes that the answer may have
   * @param timeout what it may take from now on, with all tries
   * @param retries how often it is sent again where the connection breaks
   */
  RemoteCall(HttpClient client, HttpRequest request, long most, Duration timeout, int retries) {
    this.client = client;
    this.request = request;
    this.most = most;
    this.timeout = timeout;
    this.end = System.nanoTime() + timeout.toNanos();
    this.retries = retries;
    this.answer = send();
  }

  private CompletableFuture<HttpResponse<byte[]>> send() {
    return client.sendAsync(request, BoundedBody.of(most));
  }

  /**
   * Waits for the answer.
   *
   * @return one of the status 200
   * @throws ServiceException if there is none
   * @throws CancellationException if the thread is interrupted; then the request is given up
   */
  HttpResponse<byte[]> await() {
    while (true) {
      HttpResponse<byte[]> come = any();
      if (come.statusCode() == OK) {
        return come;
      }
      OptionalLong wait = retryAfter(come);
      if (wait.isEmpty()) {
        throw Faults.refused(come);
      }
      pause(wait.getAsLong(), come);
      answer = send();
    }
  }

  /**
   * Waits for an answer of whatever status, without coming again later.
   *
   * @throws ServiceException if there is none
   * @throws CancellationException if the thread is interrupted; then the request is given up
   */
  HttpResponse<byte[]> any() {
    HttpResponse<byte[]> come = next();
    while (come == null) {
      answer = send();
      come = next();
    }
    return come;
  }

  /** Null where it is to be sent again. */
  private @Nullable HttpResponse<byte[]> next() {
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw cancelled(e);
    } catch (TimeoutException e) {
      abandon();
      throw late();
    } catch (CancellationException e) {
      throw Faults.unreachable(new IOException("the request was given up", e));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof BoundedBody.TooLargeException) {
        throw Faults.wrong("at most " + most + " bytes", "more", cause);
      }
      if (cause instanceof HttpTimeoutException) {
        throw late();
      }
      if (!(cause instanceof IOException) || retries == 0) {
        throw Faults.unreachable(cause);
      }
      retries--;
      return null;
    }
  }

  private ServiceException late() {
    return Faults.late("the predictor did not answer within %s ms".formatted(timeout.toMillis()));
  }

  private CancellationException cancelled(InterruptedException why) {
    abandon();
    Thread.currentThread().interrupt();
    CancellationException e = new CancellationException("interrupted while a predictor was asked");
    e.initCause(why);
    return e;
  }

  /** Waits as told, if that is within the time. */
  private void pause(long seconds, HttpResponse<byte[]> said) {
    long nanos = Math.max(TimeUnit.SECONDS.toNanos(seconds), LEAST_PAUSE.toNanos());
    if (nanos >= end - System.nanoTime()) {
      throw Faults.late(
          "the predictor answered %s and asks to wait %s s, more than is left of %s ms"
              .formatted(said.statusCode(), seconds, timeout.toMillis()));
    }
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  /** Seconds to wait, where it is worth while to come again. */
  private static OptionalLong retryAfter(HttpResponse<byte[]> answer) {
    String text = answer.headers().firstValue("Retry-After").orElse("").strip();
    boolean later = answer.statusCode() == BUSY || answer.statusCode() == UNAVAILABLE;
    if (!later || text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (text.matches("[0-9]{1,9}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    try {
      Instant when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return OptionalLong.of(Math.max(0, Duration.between(Instant.now(), when).toSeconds() + 1));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /** Gives the request up, and closes its connection. */
  void abandon() {
    boolean _ = answer.cancel(true);
  }
}
