package dev.quicklime.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service as a process of its own, on a free port.
 *
 * @param process the JVM
 * @param out what it prints, behind its first line
 * @param url where it serves
 */
public record ServedProcess(Process process, BufferedReader out, String url)
    implements AutoCloseable {

  /**
   * Starts one and waits until it serves.
   *
   * @param errors file for what it says on stderr
   * @param token that it asks for, or nothing
   * @param options further ones of {@code serve}
   */
  public static ServedProcess start(Path errors, String token, String... options)
      throws IOException {
    return start(errors, token.isEmpty() ? Map.of() : Map.of("QUICKLIME_TOKEN", token), options);
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param errors file for what it says on stderr
   * @param environment variables, beside those of this process
   * @param options further ones of {@code serve}
   */
  public static ServedProcess start(Path errors, Map<String, String> environment, String... options)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.quicklime.cli.Main",
                "serve",
                "--port",
                "0"));
    words.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    assertTrue(line != null && line.startsWith("serving "), line + Files.readString(errors));
    return new ServedProcess(process, out, line.substring(line.indexOf("http")));
  }

  /** Sends a body, and waits for the answer. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** A request with a body. */
  public HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
