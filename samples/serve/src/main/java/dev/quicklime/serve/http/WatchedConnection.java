package dev.quicklime.serve.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.time.Duration;

/**
 * How far a connection is with its request, and by when it must be further. Its own thread moves it
 * on; the watch cuts it off.
 */
final class WatchedConnection {

  /** What a connection is at. */
  enum Phase {
    /** The header arrives. */
    HEADERS,
    /** The body arrives. */
    BODY,
    /** The answer is made: nothing is expected of the client. */
    WORK,
    /** The client takes the answer. */
    ANSWER,
    /** The request is refused; what is left of it is thrown away. */
    CLOSING,
    /** The client was too slow. */
    CUT
  }

  private final ConnectionContext context;
  private final Duration slowest;
  private final Thread thread = Thread.currentThread();
  private Phase phase = Phase.WORK;
  private long deadline;
  private boolean watching;
  private volatile boolean answered;

  /** The connection of the calling thread. */
  WatchedConnection(ConnectionContext context, Duration slowest) {
    this.context = context;
    this.slowest = slowest;
  }

  boolean alive() {
    return thread.isAlive();
  }

  synchronized void enter(Phase next, Duration atMost) {
    if (phase == Phase.CUT) {
      throw new CloseConnectionException("the client was too slow");
    }
    phase = next;
    deadline = System.nanoTime() + atMost.toNanos();
  }

  /** The body has arrived. */
  void working() {
    enter(Phase.WORK, slowest);
  }

  /** A part of the answer is going to be written. */
  void answering() {
    enter(Phase.ANSWER, slowest);
  }

  /** Whether the watch has given the client up. */
  synchronized boolean cut() {
    return phase == Phase.CUT;
  }

  /** Cuts the connection off if it is late. */
  synchronized void sweep() {
    if (phase == Phase.CUT) {
      thread.interrupt();
      return;
    }
    if (phase == Phase.WORK || System.nanoTime() - deadline < 0) {
      return;
    }
    boolean arriving = phase == Phase.HEADERS || phase == Phase.BODY;
    phase = Phase.CUT;
    if (arriving) {
      // Writing could block, on a client that reads nothing.
      Thread.startVirtualThread(this::sayLate);
    } else {
      thread.interrupt();
    }
  }

  private void sayLate() {
    try {
      context
          .dataWriter()
          .writeNow(
              ClientWatch.response(
                  "408 Request Timeout",
                  "the request must arrive within %s ms".formatted(slowest.toMillis())));
    } catch (RuntimeException e) {
      // Nobody is there to be told.
      answered = true;
    }
    // Closes the channel, which the thread is waiting for.
    thread.interrupt();
  }

  /**
   * Runs something as soon as the client is gone. The connection cannot be used for another request
   * from then on, as somebody else than its thread reads from it. Does nothing over TLS, whose
   * engine is for one thread.
   *
   * @return whether the connection must be closed after its answer
   */
  synchronized boolean whenGone(Runnable gone) {
    if (context.isSecure()) {
      return false;
    }
    if (!watching) {
      watching = true;
      Thread.startVirtualThread(() -> awaitGone(gone));
    }
    return true;
  }

  private void awaitGone(Runnable gone) {
    try {
      context.dataReader().ensureAvailable();
    } catch (RuntimeException e) {
      if (!answered) {
        gone.run();
      }
    }
  }

  /** Whether a request is arriving, or one that was refused is thrown away. */
  synchronized boolean arriving() {
    return phase == Phase.HEADERS || phase == Phase.CLOSING;
  }

  /** Throws away what of a refused request still comes, so many bytes at most, for a moment. */
  void drain(long bytes, Duration atMost) {
    enter(Phase.CLOSING, atMost);
    ClientWatch.drain(context.dataReader(), bytes);
  }

  /** What is read from now on says nothing of the request. */
  void answered() {
    answered = true;
  }
}
