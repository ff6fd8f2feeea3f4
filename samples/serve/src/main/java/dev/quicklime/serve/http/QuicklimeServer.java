package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.protocol.Answers;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service on a port of its own. */
public final class QuicklimeServer implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(QuicklimeServer.class.getName());

  /** Answers that are made already are sent within this time when the server stops. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final QuicklimeService service;
  private final WebServer server;
  private final Duration grace;
  private boolean stopped;

  private QuicklimeServer(QuicklimeService service, WebServer server, Duration grace) {
    this.service = service;
    this.server = server;
    this.grace = grace;
  }

  /**
   * Starts to listen.
   *
   * @param service which the server closes in the end
   * @throws InvalidInputException if certificate or key cannot be read
   * @throws QuicklimeException if it cannot listen there
   */
  public static QuicklimeServer start(
      QuicklimeService service, ServiceOptions options, ServerOptions where) {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(where, "where");
    Tls tls = tls(where.certificate(), where.key());
    WebServerConfig.Builder config =
        WebServer.builder()
            .host(where.host())
            .port(where.port())
            .shutdownHook(false)
            .shutdownGracePeriod(LAST_WORDS)
            // Of chunked bodies; whose length is told is refused by the watch.
            .maxPayloadSize(options.maxBody())
            .idleConnectionTimeout(options.slowest().multipliedBy(2))
            .idleConnectionPeriod(Duration.ofSeconds(1))
            // What is not told of HTTP/1.1 is closed only where there is nothing to choose from.
            .protocolsDiscoverServices(false)
            .directHandlers(errors())
            .addProtocol(Http1Config.builder().addReceiveListener(service.watch()).build())
            .routing(
                routing -> {
                  routing.register(service);
                  service.unknown(routing);
                });
    if (tls != null) {
      config.tls(tls);
    }
    try {
      return new QuicklimeServer(service, config.build().start(), where.grace());
    } catch (RuntimeException e) {
      throw new QuicklimeException(
          "cannot listen at %s, port %s: %s".formatted(where.host(), where.port(), cause(e)), e);
    }
  }

  /**
   * Loads what servers are made of, so that {@link #start} takes less time; for whoever has a
   * thread to spare while a model is loaded. Listens nowhere.
   */
  public static void loadClasses() {
    WebServer idle =
        WebServer.builder().shutdownHook(false).protocolsDiscoverServices(false).build();
    LOGGER.log(System.Logger.Level.TRACE, "loaded {0}", idle);
  }

  private static String cause(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return String.valueOf(last.getMessage());
  }

  private static @Nullable Tls tls(@Nullable Path certificate, @Nullable Path key) {
    if (certificate == null || key == null) {
      return null;
    }
    for (Path file : new Path[] {certificate, key}) {
      if (!Files.isReadable(file)) {
        throw new InvalidInputException(file + ": must be a readable PEM file, got none");
      }
    }
    try {
      Keys keys =
          Keys.builder()
              .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
              .build();
      return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "%s and %s must be a certificate and its private key in PEM, got %s"
              .formatted(certificate, key, cause(e)),
          e);
    }
  }

  /** What Helidon refuses by itself is said as everything else. */
  private static DirectHandlers errors() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) ->
              DirectHandler.TransportResponse.builder()
                  .status(asked(status))
                  .headers(headers)
                  .header(HeaderNames.CONTENT_TYPE, "application/json")
                  .keepAlive(false)
                  .entity(Answers.error(words(status, message)))
                  .build());
    }
    return handlers.build();
  }

  /** What fails outside of routes is what no request could be read from. */
  private static Status asked(Status status) {
    return status.code() == Problem.FAILED.status() ? Status.BAD_REQUEST_400 : status;
  }

  private static String words(Status status, @Nullable String message) {
    if (status.code() == Problem.TOO_LARGE.status()) {
      return "the body is too large";
    }
    if (status.code() == Problem.FAILED.status()) {
      return "the request is no HTTP";
    }
    String said = message == null ? "" : message.lines().findFirst().orElse("");
    return said.isEmpty() ? status.reasonPhrase() : said;
  }

  /** The port that it listens at. */
  public int port() {
    return server.port();
  }

  /** The service that it serves. */
  public QuicklimeService service() {
    return service;
  }

  /**
   * Stops: what runs may finish within the grace time, health checks are answered until then, and
   * all else is refused by 503. Further calls do nothing.
   */
  @Override
  public synchronized void close() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      boolean _ = service.stop(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop();
    service.close();
  }
}
