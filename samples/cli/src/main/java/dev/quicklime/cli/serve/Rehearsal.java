package dev.quicklime.cli.serve;

import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/**
 * Asks a service of this process what clients do, so that a start-up cache has the classes that it
 * is made of.
 */
final class Rehearsal {

  private Rehearsal() {}

  /**
   * Asks for a prediction and an explanation of a bundled picture.
   *
   * @param port where the service listens at the loopback address
   * @param model by its name
   */
  static void run(int port, String model) {
    try {
      String picture =
          Base64.getEncoder().encodeToString(Files.readAllBytes(Bundled.pictures().getFirst()));
      String instances = "\"instances\": [{\"b64\": \"%s\"}]".formatted(picture);
      ask(port, "GET", "/v2/health/ready", "");
      ask(port, "POST", "/v1/models/" + model + ":predict", "{" + instances + "}");
      ask(
          port,
          "POST",
          "/v1/models/" + model + ":explain",
          "{" + instances + ", \"parameters\": {\"samples\": 100}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(int port, String method, String path, String body) throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %s\r\n\r\n%s"
            .formatted(method, path, body.length(), body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }
}
