package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.serve.model.AskedPicture;
import dev.quicklime.serve.model.Predicting;
import dev.quicklime.serve.model.ServedModel;
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

  private final Serving serving;

  PredictRoute(Serving serving) {
    this.serving = serving;
  }

  void answer(Exchange exchange, ServedModel model) throws IOException {
    exchange.about(model.name());
    try (Admission place = serving.pool().admit(exchange.client())) {
      V1Body body = exchange.read(stream -> V1Body.read(stream, serving.options().maxPictures()));
      CallParameters parameters = CallParameters.of(body.parameters());
      if (!parameters.options().isEmpty() || !parameters.figures().isEmpty()) {
        throw new InvalidInputException(
            "parameters of a prediction must be timeout_ms alone, got " + body.parameters());
      }
      Duration atMost = serving.time(parameters.timeout());
      exchange.json(
          200, Answers.predictions(predict(exchange, place, model, body.pictures(), atMost)));
    }
    serving.metrics().predicted(model.name(), exchange.seconds());
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
