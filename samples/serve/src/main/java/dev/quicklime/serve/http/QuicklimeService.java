package dev.quicklime.serve.http;

import dev.quicklime.serve.model.ModelTable;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.protocol.Answers;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The routes of a service, to be registered in a Helidon server. What a listener's own settings
 * decide, such as timeouts, is {@link QuicklimeServer}'s to set; whoever mounts the routes
 * elsewhere adds {@link #watch()} to what his listener's HTTP/1.1 tells.
 */
public final class QuicklimeService implements HttpService, AutoCloseable {

  private static final String PREDICT = ":predict";
  private static final String EXPLAIN = ":explain";

  private final Serving serving;
  private final ClientWatch watch;
  private final Gate gate;
  private final ExplainRoute explain;
  private final PredictRoute predict;

  private QuicklimeService(Serving serving, ClientWatch watch) {
    this.serving = serving;
    this.watch = watch;
    this.gate = new Gate(serving, watch);
    this.explain = new ExplainRoute(serving);
    this.predict = new PredictRoute(serving);
  }

  /**
   * A service with threads of its own, until it is closed.
   *
   * @param models what is served; whoever opened their explainers closes them, after the service
   * @throws dev.quicklime.InvalidInputException if there is no model, or two have one name
   */
  public static QuicklimeService of(List<? extends Served> models, ServiceOptions options) {
    Objects.requireNonNull(models, "models");
    Objects.requireNonNull(options, "options");
    Serving serving = Serving.of(ModelTable.of(models), options);
    return new QuicklimeService(serving, new ClientWatch(options.maxBody(), options.slowest()));
  }

  /** Watches over the connections of a listener that tells it what it receives. */
  public Http1ConnectionListener watch() {
    return watch;
  }

  /** Whether requests are taken, and all models can be asked. */
  public boolean ready() {
    return serving.ready();
  }

  /** How many requests are admitted now. */
  public int admitted() {
    return serving.pool().taken();
  }

  /** How many explanations and predictions are made now. */
  public int running() {
    return serving.pool().running();
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any("/", gate.open(Method.GET, this::alive));
    rules.any("/v1/models", gate.guarded(Method.GET, this::models));
    rules.any(
        "/v1/models/{model}",
        (request, response) -> {
          String name = request.path().pathParameters().get("model");
          if (name.endsWith(EXPLAIN)) {
            gate.guarded(Method.POST, exchange -> explain.answer(exchange, model(name, EXPLAIN)))
                .handle(request, response);
          } else if (name.endsWith(PREDICT)) {
            gate.guarded(Method.POST, exchange -> predict.answer(exchange, model(name, PREDICT)))
                .handle(request, response);
          } else {
            gate.guarded(Method.GET, exchange -> readiness(exchange, name))
                .handle(request, response);
          }
        });
    new V2Routes(serving, predict, gate).routing(rules);
    rules.any("/metrics", gate.guarded(Method.GET, this::metrics));
  }

  /** What the server answers for all other routes. */
  void unknown(HttpRules rules) {
    rules.any(
        (request, response) ->
            gate.open(
                    request.prologue().method(),
                    exchange -> {
                      throw ServiceException.of(
                          Problem.UNKNOWN, "there is no route " + request.path().path());
                    })
                .handle(request, response));
  }

  private Served model(String name, String verb) {
    return serving.models().get(name.substring(0, name.length() - verb.length())).asked();
  }

  private void alive(Exchange exchange) throws IOException {
    exchange.json(200, Answers.of(Map.of("status", "alive")));
  }

  private void models(Exchange exchange) throws IOException {
    exchange.json(200, Answers.of(Map.of("models", serving.models().names())));
  }

  private void readiness(Exchange exchange, String name) throws IOException {
    Served model = serving.models().get(name);
    boolean ready = serving.ready(model);
    exchange.json(
        ready ? 200 : Problem.STOPPING.status(),
        Answers.of(Map.of("name", model.name(), "ready", ready)));
  }

  private void metrics(Exchange exchange) throws IOException {
    exchange.send(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        serving.metrics().text().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the work, but goes on to answer: {@link #ready} is false, what waits and what comes is
   * refused by 503, what runs may finish within a time and is refused then too.
   *
   * @return whether all requests that were under way have their answers
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean stop(Duration grace) throws InterruptedException {
    serving.pool().stop(grace);
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (gate.underWay() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
    return gate.underWay() == 0;
  }

  /** Cancels what is under way and ends the threads. */
  @Override
  public void close() {
    serving.pool().close();
    watch.close();
  }
}
