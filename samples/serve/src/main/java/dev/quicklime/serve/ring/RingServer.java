package dev.quicklime.serve.ring;

import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains for functions of other processes, who connect to a Unix-domain socket: a thread for each
 * connection, until that ends. Who may connect is for the rights of the socket's folder to say.
 */
public final class RingServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RingServer.class);

  /** The kernel listens on for whoever is still within a call that waits for connections. */
  private static final Duration LAST_CALL = Duration.ofSeconds(1);

  private final ServerSocketChannel listening;
  private final Thread accepting;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private RingServer(ServerSocketChannel listening) {
    this.listening = listening;
    this.accepting = Thread.ofPlatform().daemon().name("ring-accept").unstarted(this::accept);
  }

  /**
   * Listens from now on.
   *
   * @param socket where, in a folder that is there and under a name that is not
   * @throws InvalidInputException if nothing can listen there
   */
  public static RingServer start(Path socket) {
    Objects.requireNonNull(socket, "socket");
    RingServer server = new RingServer(bind(socket));
    server.accepting.start();
    return server;
  }

  private static ServerSocketChannel bind(Path socket) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        return channel.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          "the socket must be a new name, of at most about 100 bytes with its folder, got "
              + socket,
          e);
    }
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        SocketChannel peer = listening.accept();
        connections.add(peer);
        if (!listening.isOpen()) {
          // Whoever closes has seen the connections before this one.
          close(peer);
          return;
        }
        Thread.ofPlatform().daemon().name("ring").start(() -> serve(peer));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("a connection could not be accepted: {}", e.toString());
      }
    }
  }

  private void serve(SocketChannel peer) {
    FrameChannel channel =
        new FrameChannel(Channels.newInputStream(peer), Channels.newOutputStream(peer));
    try (peer;
        RingConversation conversation = new RingConversation(channel)) {
      conversation.run();
    } catch (IOException e) {
      LOG.debug("a connection ended: {}", e.toString());
    } finally {
      connections.remove(peer);
    }
  }

  /** Stops listening and breaks all connections off. */
  @Override
  public void close() {
    close(listening);
    try {
      boolean _ = accepting.join(LAST_CALL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(RingServer::close);
  }

  private static void close(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      LOG.debug("closing failed: {}", e.toString());
    }
  }
}
