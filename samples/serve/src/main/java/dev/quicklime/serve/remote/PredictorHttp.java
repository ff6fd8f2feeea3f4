package dev.quicklime.serve.remote;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Connections to one predictor, kept open between requests; for all threads. */
final class PredictorHttp implements AutoCloseable {

  /** Scores of a batch in JSON have some megabytes at most. */
  private static final long MOST_BYTES = 32L << 20;

  private static final Duration QUESTION = Duration.ofSeconds(10);

  private final PredictorOptions options;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  PredictorHttp(PredictorOptions options) {
    this.options = options;
  }

  /** A request to a route. */
  HttpRequest.Builder route(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.base() + path));
    PredictorToken token = options.token();
    return token == null ? request : request.header("Authorization", token.header());
  }

  /** Sends a batch. */
  RemoteCall send(HttpRequest request) {
    return new RemoteCall(client, request, MOST_BYTES, options.timeout(), options.retries());
  }

  /** Asks a route, in ten seconds at most. */
  HttpResponse<byte[]> get(String path) {
    return new RemoteCall(client, route(path).GET().build(), MOST_BYTES, QUESTION, 0).any();
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
