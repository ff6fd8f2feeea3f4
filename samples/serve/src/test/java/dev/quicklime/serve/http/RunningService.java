package dev.quicklime.serve.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.Explainer;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.ServedTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A service on a free port of the loopback address, and somebody who asks it. */
final class RunningService implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Runnable end;
  private final QuicklimeServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningService(Runnable end, QuicklimeServer server) {
    this.end = end;
    this.server = server;
  }

  static RunningService start() {
    return start(TestModels.halves(), options());
  }

  static ServiceOptions options() {
    return ServiceOptions.defaults().withWork(2, 8).withKept(0, 0);
  }

  static RunningService start(Explainer explainer, ServiceOptions options) {
    return start(explainer, options, Duration.ofSeconds(2));
  }

  static RunningService start(Explainer explainer, ServiceOptions options, Duration grace) {
    return start(TestModels.served("halves", explainer), options, grace);
  }

  static RunningService start(Served model, ServiceOptions options, Duration grace) {
    QuietLogs.set();
    QuicklimeServer server =
        QuicklimeServer.start(
            QuicklimeService.of(List.of(model), options),
            options,
            new ServerOptions("127.0.0.1", 0, null, null, grace));
    return new RunningService(
        switch (model) {
          case ServedModel one ->
              () -> {
                one.gradCam().close();
                one.explainer().close();
              };
          case ServedTable one -> one.explainer()::close;
        },
        server);
  }

  QuicklimeServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  HttpClient client() {
    return client;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> postAsync(String path, String body) {
    return client.sendAsync(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
    return MAPPER.readTree(response.body());
  }

  static String error(HttpResponse<String> response) throws JsonProcessingException {
    return json(response).path("error").asText();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    end.run();
  }
}
