package dev.quicklime.serve.http;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.ServedTable;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.protocol.CallParameters;
import dev.quicklime.serve.protocol.V2Answers;
import dev.quicklime.serve.protocol.V2Body;
import dev.quicklime.serve.work.Admission;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The routes of V2. */
final class V2Routes {

  /** Says how many bytes of a body are JSON. */
  private static final HeaderName HEADER_LENGTH =
      HeaderNames.create("Inference-Header-Content-Length");

  private final Serving serving;
  private final PredictRoute predict;
  private final Gate gate;

  V2Routes(Serving serving, PredictRoute predict, Gate gate) {
    this.serving = serving;
    this.predict = predict;
    this.gate = gate;
  }

  void routing(HttpRules rules) {
    rules.any("/v2", gate.open(Method.GET, V2Routes::server));
    rules.any("/v2/health/live", gate.open(Method.GET, exchange -> state(exchange, "live", true)));
    rules.any(
        "/v2/health/ready",
        gate.open(Method.GET, exchange -> state(exchange, "ready", serving.ready())));
    rules.any("/v2/models/{model}", gate.guarded(Method.GET, this::model));
    rules.any(
        "/v2/models/{model}/ready",
        gate.guarded(
            Method.GET,
            exchange -> {
              Served model = served(exchange);
              boolean ready = serving.ready(model);
              exchange.json(
                  status(ready), Answers.of(Map.of("name", model.name(), "ready", ready)));
            }));
    rules.any("/v2/models/{model}/infer", gate.guarded(Method.POST, this::infer));
  }

  private static void server(Exchange exchange) {
    exchange.json(
        200,
        Answers.of(
            Map.of(
                "name",
                "quicklime",
                "version",
                Environment.version(),
                "extensions",
                List.of("binary_tensor_data"))));
  }

  private static void state(Exchange exchange, String word, boolean yes) {
    exchange.json(status(yes), Answers.of(Map.of(word, yes)));
  }

  private static int status(boolean ready) {
    return ready ? 200 : Problem.STOPPING.status();
  }

  private Served served(Exchange exchange) {
    return serving.models().get(exchange.request().path().pathParameters().get("model"));
  }

  private ServedModel ofPictures(Exchange exchange) {
    return switch (served(exchange)) {
      case ServedModel model -> model.asked();
      case ServedTable table ->
          throw new InvalidInputException(
              "V2 is for models of pictures, and %s is one of rows; ask /v1/models/%s:predict"
                  .formatted(table.name(), table.name()));
    };
  }

  private void model(Exchange exchange) {
    ServedModel model = ofPictures(exchange);
    Preprocessing input = model.explainer().classifier().format().preprocessing();
    exchange.json(
        200,
        V2Answers.metadata(
            model.name(),
            model.explainer().classifier().info().runtime(),
            List.of(input.height(), input.width(), input.channels()),
            -1));
  }

  private void infer(Exchange exchange) throws IOException {
    ServedModel model = ofPictures(exchange);
    exchange.about(model.name());
    int channels = model.explainer().classifier().format().preprocessing().channels();
    try (Admission place = serving.pool().admit(exchange.client())) {
      long headerLength = headerLength(exchange);
      V2Body body =
          exchange.read(
              stream ->
                  V2Body.read(stream, headerLength, channels, serving.options().maxPictures()));
      CallParameters parameters = CallParameters.of(body.parameters());
      List<List<Double>> rows =
          predict.predict(
              exchange, place, model, body.pictures(), serving.time(parameters.timeout()));
      V2Answers.Inferred answer = V2Answers.inferred(model.name(), body.id(), rows, body.binary());
      if (body.binary()) {
        byte[] header = answer.header();
        byte[] bytes = answer.bytes();
        byte[] all = new byte[header.length + bytes.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        exchange.header(HEADER_LENGTH, Integer.toString(header.length));
        exchange.send(200, "application/octet-stream", all);
      } else {
        exchange.json(200, answer.header());
      }
    }
    serving.metrics().predicted(model.name(), exchange.seconds());
  }

  private static long headerLength(Exchange exchange) {
    String length = exchange.header(HEADER_LENGTH);
    if (length == null) {
      return -1;
    }
    if (!length.matches("[0-9]{1,10}")) {
      throw new InvalidInputException(
          "Inference-Header-Content-Length must be the bytes of JSON, got " + length);
    }
    return Long.parseLong(length);
  }
}
