package dev.quicklime.serve.http;

import dev.quicklime.serve.model.AskedPicture;
import dev.quicklime.serve.model.ExplainCall;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.protocol.CallParameters;
import dev.quicklime.serve.protocol.V1Body;
import dev.quicklime.serve.work.Admission;
import dev.quicklime.serve.work.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/models/N:explain}. */
final class ExplainRoute {

  private static final String EVENTS = "text/event-stream";
  private static final String LIST = "explanations";

  private final Serving serving;

  ExplainRoute(Serving serving) {
    this.serving = serving;
  }

  void answer(Exchange exchange, ServedModel model) throws IOException {
    exchange.about(model.name());
    try (Admission place = serving.pool().admit(exchange.client())) {
      V1Body body = exchange.read(stream -> V1Body.read(stream, serving.options().maxPictures()));
      CallParameters parameters = CallParameters.of(body.parameters());
      OptionReader.Asked asked = model.options().read(parameters.options());
      Duration atMost = serving.time(parameters.timeout());
      boolean events = exchange.accepts(EVENTS);
      List<SampleCount> counts = new ArrayList<>();
      List<Job<byte[]>> jobs = new ArrayList<>();
      for (AskedPicture picture : body.pictures()) {
        SampleCount count = new SampleCount(serving.metrics());
        counts.add(count);
        ExplainCall call = new ExplainCall(model, picture, asked, parameters.figures());
        WorkTimes times = exchange.work("explain");
        jobs.add(
            place.start(
                () -> times.during(() -> serving.explaining().explain(call, count, times::made))));
      }
      if (events) {
        new EventStream(exchange).send(counts, beat -> explain(exchange, jobs, atMost, beat));
      } else {
        exchange.json(200, explain(exchange, jobs, atMost, () -> {}));
      }
    }
    serving.metrics().explained(model.name(), exchange.seconds());
  }

  private byte[] explain(
      Exchange exchange, List<Job<byte[]>> jobs, Duration atMost, Runnable beat) {
    return Answers.list(LIST, serving.await(exchange, jobs, atMost, beat));
  }
}
