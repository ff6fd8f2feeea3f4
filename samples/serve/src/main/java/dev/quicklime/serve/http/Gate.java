package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.trace.TracedRequest;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What every request goes through: method and token are checked, whatever goes wrong becomes one
 * line of JSON with its status, and the log hears of it.
 */
final class Gate {

  private static final System.Logger LOGGER = System.getLogger(Gate.class.getName());

  /** What other servers log for a client that went away. */
  private static final int GONE = 499;

  private final Serving serving;
  private final ClientWatch watch;
  private final BodyBudget budget;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile long lastSeen = System.nanoTime();

  /** Answers a request. */
  @FunctionalInterface
  interface Action {
    void run(Exchange exchange) throws IOException;
  }

  Gate(Serving serving, ClientWatch watch) {
    this.serving = serving;
    this.watch = watch;
    this.budget = BodyBudget.of(serving.options().maxBody());
    serving.metrics().gauge("quicklime_bodies_bytes", budget::taken);
  }

  /** How many requests have no answer yet. */
  int underWay() {
    return underWay.get();
  }

  /**
   * Whether no request has an answer to come, and none came or was answered for a while: whoever
   * has just been answered may ask again.
   */
  boolean quiet(Duration quiet) {
    return underWay() == 0 && System.nanoTime() - lastSeen > quiet.toNanos();
  }

  /** For everybody, a health check for instance. */
  Handler open(Method method, Action action) {
    return (request, response) -> handle(request, response, method, false, action);
  }

  /** For those with a token. */
  Handler guarded(Method method, Action action) {
    return (request, response) -> handle(request, response, method, true, action);
  }

  private void handle(
      ServerRequest request,
      ServerResponse response,
      Method method,
      boolean guarded,
      Action action) {
    underWay.incrementAndGet();
    lastSeen = System.nanoTime();
    Exchange exchange = null;
    String problem = "";
    try {
      ServiceException refused = null;
      int token = -1;
      try {
        token = guarded ? serving.options().tokens().check(authorization(request)) : -1;
      } catch (ServiceException e) {
        refused = e;
      }
      String client = serving.options().tokens().client(token, request.remotePeer().host());
      exchange =
          new Exchange(
              request, response, client, serving.options().maxBody(), budget, watch.here());
      problem = answer(exchange, method, refused, action);
    } finally {
      lastSeen = System.nanoTime();
      underWay.decrementAndGet();
      if (exchange != null) {
        exchange.release();
        if (exchange.status() >= 400) {
          serving.metrics().refused(exchange.status());
        }
        serving.options().accessLog().accept(AccessLog.line(exchange, problem));
        serving.traces().answered(traced(exchange, problem));
      }
    }
    if (exchange.closing()) {
      close(exchange);
    }
  }

  private static TracedRequest traced(Exchange exchange, String problem) {
    ServerRequest request = exchange.request();
    String path = request.path().absolute().path();
    return new TracedRequest(
        request.prologue().method().text(),
        exchange.status() == Problem.UNKNOWN.status() ? "" : route(path, exchange.model()),
        path,
        request.isSecure(),
        request.remotePeer().host(),
        exchange.status(),
        problem,
        name -> request.headers().first(HeaderNames.create(name)).orElse(""),
        exchange.whole());
  }

  /** The path without what there are many of. */
  private static String route(String path, String model) {
    return model.isEmpty() ? path : path.replace("/" + model, "/{model}");
  }

  /** Helidon says that it closes a connection, but leaves it to whoever had it say so. */
  private static void close(Exchange exchange) {
    WatchedConnection connection = exchange.connection();
    long unread = exchange.unread();
    if (connection != null && unread > 0) {
      // A connection that is closed with bytes unread is reset, and its answer with it.
      connection.drain(unread, ClientWatch.LINGER);
    }
    throw new CloseConnectionException("the answer said so");
  }

  private static @Nullable String authorization(ServerRequest request) {
    return request.headers().contains(HeaderNames.AUTHORIZATION)
        ? request.headers().get(HeaderNames.AUTHORIZATION).get()
        : null;
  }

  /** Answers, by an error if need be; what was wrong, or nothing. */
  private String answer(
      Exchange exchange, Method method, @Nullable ServiceException refused, Action action) {
    try {
      if (exchange.request().headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
        // Helidon would wait for the client to do so, as for one that keeps it.
        exchange.closeAfter();
      }
      if (!serving.pool().open()) {
        // Who asks again shall not find a connection that is about to end.
        exchange.closeAfter();
      }
      if (refused != null) {
        throw refused;
      }
      if (!exchange.request().prologue().method().equals(method)) {
        exchange.header(HeaderNames.ALLOW, method.text());
        throw ServiceException.of(
            Problem.METHOD,
            "the method must be %s, got %s"
                .formatted(method.text(), exchange.request().prologue().method().text()));
      }
      action.run(exchange);
      return "";
    } catch (ServiceException e) {
      return fail(exchange, e);
    } catch (InvalidInputException e) {
      return fail(exchange, ServiceException.of(Problem.INVALID, message(e), e));
    } catch (QuicklimeException e) {
      return fail(exchange, ServiceException.of(Problem.FAILED, message(e), e));
    } catch (CancellationException e) {
      return fail(exchange, ServiceException.of(Problem.STOPPING, "the service is ending", e));
    } catch (RequestException e) {
      boolean large = e.status().code() == Problem.TOO_LARGE.status();
      exchange.closeAfter();
      return fail(
          exchange,
          large
              ? ServiceException.of(Problem.TOO_LARGE, ClientWatch.tooLarge(exchange.maxBody()), e)
              : ServiceException.of(Problem.INVALID, "the request is broken: " + message(e), e));
    } catch (CloseConnectionException e) {
      exchange.unanswered(GONE);
      throw e;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw gone(exchange, e);
    } catch (OutOfMemoryError e) {
      return fail(
          exchange,
          ServiceException.of(
              Problem.FAILED, "the service has not the memory for this request", e));
    } catch (RuntimeException e) {
      if (brokenConnection(e)) {
        throw gone(exchange, e);
      }
      LOGGER.log(System.Logger.Level.ERROR, "a request failed", e);
      return fail(
          exchange,
          ServiceException.of(
              Problem.FAILED, "internal error: " + e.getClass().getSimpleName(), e));
    }
  }

  private static boolean brokenConnection(RuntimeException e) {
    return e.getClass().getName().startsWith("io.helidon.");
  }

  private static CloseConnectionException gone(Exchange exchange, Exception e) {
    WatchedConnection connection = exchange.connection();
    exchange.unanswered(connection != null && connection.cut() ? Problem.SLOW.status() : GONE);
    return new CloseConnectionException("the client is gone", e);
  }

  private static String message(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private static String fail(Exchange exchange, ServiceException e) {
    String message = String.valueOf(e.getMessage());
    if (exchange.begun()) {
      // An answer in parts says it by itself.
      return message;
    }
    if (e.problem() == Problem.TOO_LARGE || e.problem() == Problem.STOPPING) {
      exchange.closeAfter();
    }
    if (e.problem() == Problem.UNAUTHORIZED) {
      exchange.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    if (e.retrySeconds() > 0) {
      exchange.header(HeaderNames.RETRY_AFTER, Integer.toString(e.retrySeconds()));
    }
    exchange.json(e.problem().status(), Answers.error(message));
    return message;
  }
}
