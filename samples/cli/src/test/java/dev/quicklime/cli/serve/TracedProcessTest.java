package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.ServedProcess;
import dev.quicklime.cli.TestPictures;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command's own class path, in which others may have brought parts of the SDK. */
@Timeout(120)
class TracedProcessTest {

  @TempDir Path folder;

  @Test
  void shouldSendItsSpansToWhereTheEnvironmentSays() throws Exception {
    Path model = Models.save(folder.resolve("m"), Models.MEANS);
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 48);
    ByteArrayOutputStream spans = new ByteArrayOutputStream();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          exchange.getRequestBody().transferTo(spans);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + collector.getAddress().getPort(),
            "OTEL_SERVICE_NAME",
            "lime-juice");
    try (ServedProcess served =
        ServedProcess.start(
            folder.resolve("errors"),
            environment,
            "--model",
            model.toString(),
            "--name",
            "means")) {
      String body =
          "{\"instances\":[{\"b64\":\"%s\"}],\"parameters\":{\"samples\":20,\"tiles\":\"2x2\"}}"
              .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(picture)));
      assertEquals(200, served.post("/v1/models/means:explain", body).statusCode());
      // What is left is sent at the end.
      served.process().destroy();
      assertTrue(served.process().waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, served.process().exitValue());
    } finally {
      collector.stop(0);
    }
    String sent = spans.toString(StandardCharsets.ISO_8859_1);
    for (String part :
        new String[] {
          "lime-juice", "POST /v1/models/{model}:explain", "explain", "forward", "quicklime.samples"
        }) {
      assertTrue(sent.contains(part), part);
    }
    assertFalse(Files.readString(folder.resolve("errors")).contains("traces are not taken"));
  }
}
