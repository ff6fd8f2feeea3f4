package dev.quicklime.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is asked over TLS. */
@Timeout(120)
class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  /** A key, and a certificate that it has signed by itself. */
  private KeyStore keys() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private Path pem(String name, String kind, byte[] der) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
    return Files.writeString(folder.resolve(name), text);
  }

  private static ServerOptions where(Path certificate, Path key) {
    return new ServerOptions("127.0.0.1", 0, certificate, key, Duration.ZERO);
  }

  @Test
  void shouldExplainOverTls() throws Exception {
    KeyStore keys = keys();
    Path certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    Path key =
        pem("key.pem", "PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("own", keys.getCertificate("own"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    QuietLogs.set();
    ServiceOptions options = RunningService.options();
    try (Explainer explainer = TestModels.slow(() -> pause(12));
        QuicklimeServer server =
            QuicklimeServer.start(
                QuicklimeService.of(List.of(TestModels.served("halves", explainer)), options),
                options,
                where(certificate, key));
        HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/v1/models/halves:explain");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .POST(HttpRequest.BodyPublishers.ofString(TestModels.body("")));
      // Longer than is waited before the connection of a plain request is watched.
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
      }
      HttpResponse<String> events =
          client.send(
              request.header("Accept", "text/event-stream").build(),
              HttpResponse.BodyHandlers.ofString());
      assertTrue(events.body().contains("event: progress"), events.body());
      assertTrue(events.body().contains("event: explanation"), events.body());
    }
  }

  @Test
  void shouldRefuseFilesThatAreNoKeys() throws Exception {
    KeyStore keys = keys();
    Path certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("own").getEncoded());
    Path text = Files.writeString(folder.resolve("text.pem"), "no key");
    ServiceOptions options = RunningService.options();
    try (Explainer explainer = TestModels.halves();
        QuicklimeService service =
            QuicklimeService.of(List.of(TestModels.served("halves", explainer)), options)) {
      for (Path key : List.of(text, folder.resolve("none.pem"))) {
        InvalidInputException e =
            assertThrows(
                InvalidInputException.class,
                () -> QuicklimeServer.start(service, options, where(certificate, key)));
        assertTrue(String.valueOf(e.getMessage()).contains(key.toString()), e.getMessage());
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
