package dev.quicklime.serve.http;

import dev.quicklime.serve.model.ModelTable;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.trace.Traces;
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

  /** So long nobody must have asked for anything before a listener may end. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** The same where connections are kept: who was refused may come again on his. */
  private static final Duration KEPT_QUIET = Duration.ofMillis(1500);

  /** So long is waited for that. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

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
   * @throws dev.quicklime.InvalidInputException if there is no model, or two have one name, or a
   *     variable of the environment asks for traces that cannot be had
   */
  public static QuicklimeService of(List<? extends Served> models, ServiceOptions options) {
    Objects.requireNonNull(models, "models");
    Objects.requireNonNull(options, "options");
    return of(ModelTable.of(models), options, Traces.ofEnvironment());
  }

  /** The same, with traces of the caller's, which the service closes. */
  static QuicklimeService of(ModelTable models, ServiceOptions options, Traces traces) {
    Serving serving = Serving.of(models, options, traces);
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
    Served model = serving.models().get(name.substring(0, name.length() - verb.length()));
    model.checkReady();
    return model;
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
   * refused by 503, what runs may finish within a time and is refused then too. Returns when nobody
   * has asked for anything for a moment, or three seconds later.
   *
   * @return whether all requests that were under way have their answers
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public boolean stop(Duration grace) throws InterruptedException {
    serving.pool().stop(grace);
    long end = System.nanoTime() + FAREWELL.toNanos();
    while (!quiet() && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
    return gate.underWay() == 0;
  }

  /** Whether a listener may end without taking an answer, or the hope of one, from anybody. */
  private boolean quiet() {
    return !watch.arriving() && gate.quiet(watch.connections() > 0 ? KEPT_QUIET : QUIET);
  }

  /** Cancels what is under way and ends the threads. */
  @Override
  public void close() {
    serving.pool().close();
    watch.close();
    serving.traces().close();
  }
}
