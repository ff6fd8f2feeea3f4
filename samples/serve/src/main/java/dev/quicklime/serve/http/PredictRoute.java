package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.serve.model.AskedPicture;
import dev.quicklime.serve.model.Predicting;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.ServedTable;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.protocol.CallParameters;
import dev.quicklime.serve.protocol.V1Body;
import dev.quicklime.serve.work.Admission;
import dev.quicklime.serve.work.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** {@code POST /v1/models/N:predict}. */
final class PredictRoute {

  private static final long ROWS = 1024;

  private final Serving serving;

  PredictRoute(Serving serving) {
    this.serving = serving;
  }

  void answer(Exchange exchange, Served served) throws IOException {
    exchange.about(served.name());
    try (Admission place = serving.pool().admit(exchange.client())) {
      int most = most(served);
      V1Body body = exchange.read(stream -> V1Body.read(stream, most));
      CallParameters parameters = CallParameters.of(body.parameters());
      if (!parameters.options().isEmpty() || !parameters.figures().isEmpty()) {
        throw new InvalidInputException(
            "parameters of a prediction must be timeout_ms alone, got " + body.parameters());
      }
      Duration atMost = serving.time(parameters.timeout());
      List<List<Double>> predictions =
          switch (served) {
            case ServedModel model ->
                predict(exchange, place, model, body.pictures(model.name()), atMost);
            case ServedTable table -> rows(exchange, place, table, body, atMost);
          };
      exchange.json(200, Answers.predictions(predictions));
    }
    serving.metrics().predicted(served.name(), exchange.seconds());
  }

  /** How many instances are taken: rows are scored by hundreds where pictures are by a few. */
  private int most(Served served) {
    long pictures = serving.options().maxPictures();
    return (int)
        switch (served) {
          case ServedModel _ -> pictures;
          case ServedTable _ -> Math.min(Integer.MAX_VALUE, ROWS * pictures);
        };
  }

  private List<List<Double>> rows(
      Exchange exchange, Admission place, ServedTable table, V1Body body, Duration atMost) {
    List<double[]> rows = body.rows(table.name()).stream().map(table::values).toList();
    WorkTimes times = exchange.work("predict");
    Job<List<List<Double>>> job =
        place.start(
            () ->
                times.during(() -> table.explainer().predict(table.table(), rows, table.oneHot())));
    return serving.await(exchange, List.of(job), atMost, () -> {}).getFirst();
  }

  /** The probabilities of pictures, by a worker. */
  List<List<Double>> predict(
      Exchange exchange,
      Admission place,
      ServedModel model,
      List<AskedPicture> pictures,
      Duration atMost) {
    WorkTimes times = exchange.work("predict");
    ReadLimits limits = serving.options().limits();
    Job<List<List<Double>>> job =
        place.start(() -> times.during(() -> Predicting.predict(model, pictures, limits)));
    return serving.await(exchange, List.of(job), atMost, () -> {}).getFirst();
  }
}
