package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param host name or address of this machine's
 * @param port 1 to 65535, or 0 for one that is free
 * @param certificate PEM file of the certificate and those that it rests on, or null for no TLS
 * @param key PEM file of its private key, without a password; null where there is no certificate
 * @param grace how long explanations may run on when the server is stopped
 */
public record ServerOptions(
    String host, int port, @Nullable Path certificate, @Nullable Path key, Duration grace) {

  private static final int LAST_PORT = 65_535;

  /**
   * Checks port and files.
   *
   * @throws InvalidInputException if the port is out of range, or one file is given without the
   *     other
   */
  public ServerOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(grace, "grace");
    if (port < 0 || port > LAST_PORT) {
      throw new InvalidInputException("port must be between 0 and " + LAST_PORT + ", got " + port);
    }
    if ((certificate == null) != (key == null)) {
      throw new InvalidInputException(
          "a certificate and its key must be given together, got one of them");
    }
    if (grace.isNegative()) {
      throw new InvalidInputException("grace must be at least 0 ms, got " + grace.toMillis());
    }
  }

  /** A port of the loopback address, without TLS; half a minute of grace. */
  public static ServerOptions loopback(int port) {
    return new ServerOptions("127.0.0.1", port, null, null, Duration.ofSeconds(30));
  }
}
