package dev.quicklime.serve.http;

import dev.quicklime.serve.protocol.Answers;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the connections of a listener, since Helidon's own timeouts close none that stalls
 * within a request: what does not arrive in time is told so and closed, as is who does not take an
 * answer. A body that is announced too large is refused and what of it comes is thrown away for a
 * moment, so that its sender gets to read why.
 */
public final class ClientWatch implements Http1ConnectionListener, AutoCloseable {

  private static final long SWEEP_MILLIS = 250;

  /** How long what is refused is read on. */
  static final Duration LINGER = Duration.ofSeconds(2);

  /** A connection has a thread of its own, whatever the listener. */
  private static final ThreadLocal<@Nullable WatchedConnection> HERE = new ThreadLocal<>();

  private final long maxBody;
  private final Duration slowest;
  private final Set<WatchedConnection> all = ConcurrentHashMap.newKeySet();
  private final Thread sweeper;
  private volatile boolean closed;

  ClientWatch(long maxBody, Duration slowest) {
    this.maxBody = maxBody;
    this.slowest = slowest;
    this.sweeper = Thread.ofPlatform().daemon().name("client-watch").start(this::sweep);
  }

  /** The connection of the thread; null where its listener does not tell this watch. */
  @Nullable WatchedConnection here() {
    return HERE.get();
  }

  /** How many connections have sent something and are open. */
  int connections() {
    return (int) all.stream().filter(WatchedConnection::alive).count();
  }

  /** Whether a request is arriving at a connection. */
  boolean arriving() {
    return all.stream().anyMatch(one -> one.alive() && one.arriving());
  }

  @Override
  public void prologue(ConnectionContext ctx, HttpPrologue prologue) {
    WatchedConnection connection = HERE.get();
    if (connection == null) {
      connection = new WatchedConnection(ctx, slowest);
      HERE.set(connection);
      all.add(connection);
    }
    connection.enter(WatchedConnection.Phase.HEADERS, slowest);
  }

  @Override
  public void headers(ConnectionContext ctx, Headers headers) {
    WatchedConnection connection = HERE.get();
    if (connection == null) {
      return;
    }
    long length = length(headers);
    if (length > maxBody) {
      connection.enter(WatchedConnection.Phase.CLOSING, LINGER);
      refuse(ctx, length);
    }
    boolean body = length != 0 || headers.contains(HeaderNames.TRANSFER_ENCODING);
    connection.enter(body ? WatchedConnection.Phase.BODY : WatchedConnection.Phase.WORK, slowest);
  }

  /** 0 where none is given; what is no number is left to Helidon, which refuses it. */
  private static long length(Headers headers) {
    if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
      return 0;
    }
    try {
      return Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void refuse(ConnectionContext ctx, long length) {
    ctx.dataWriter().writeNow(response("413 Content Too Large", tooLarge(maxBody)));
    drain(ctx.dataReader(), length);
    throw new CloseConnectionException("the body is too large");
  }

  static String tooLarge(long maxBody) {
    return "the body must have at most " + maxBody + " bytes, got more";
  }

  /** Reads until the end, or until the sweeper has had enough of it. */
  static void drain(DataReader reader, long length) {
    long read = 0;
    try {
      while (read < length) {
        reader.ensureAvailable();
        int here = reader.available();
        reader.skip(here);
        read += here;
      }
    } catch (RuntimeException e) {
      // Gone, or cut off.
      read = length;
    }
  }

  static BufferData response(String status, String message) {
    byte[] body = Answers.error(message);
    String head =
        "HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
            .formatted(status, body.length);
    BufferData data = BufferData.growing(head.length() + body.length);
    data.write(head.getBytes(StandardCharsets.US_ASCII));
    data.write(body);
    return data;
  }

  private void sweep() {
    while (!closed) {
      all.removeIf(connection -> !connection.alive());
      all.forEach(WatchedConnection::sweep);
      try {
        Thread.sleep(SWEEP_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Stops watching. */
  @Override
  public void close() {
    closed = true;
    sweeper.interrupt();
  }
}
