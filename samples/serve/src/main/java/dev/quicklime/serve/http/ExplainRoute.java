package dev.quicklime.serve.http;

import dev.quicklime.InvalidInputException;
import dev.quicklime.run.Progress;
import dev.quicklime.serve.model.AskedPicture;
import dev.quicklime.serve.model.AskedRow;
import dev.quicklime.serve.model.ExplainCall;
import dev.quicklime.serve.model.OptionReader;
import dev.quicklime.serve.model.RowCall;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.ServedTable;
import dev.quicklime.serve.protocol.Answers;
import dev.quicklime.serve.protocol.CallParameters;
import dev.quicklime.serve.protocol.V1Body;
import dev.quicklime.serve.work.Admission;
import dev.quicklime.serve.work.Job;
import dev.quicklime.tabular.TabularOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** {@code POST /v1/models/N:explain}. */
final class ExplainRoute {

  private static final String EVENTS = "text/event-stream";
  private static final String LIST = "explanations";

  /** What is to be done for an instance. */
  private interface Work {
    byte[] explain(Progress progress, WorkTimes times);
  }

  private final Serving serving;

  ExplainRoute(Serving serving) {
    this.serving = serving;
  }

  void answer(Exchange exchange, Served model) throws IOException {
    exchange.about(model.name());
    try (Admission place = serving.pool().admit(exchange.client())) {
      V1Body body = exchange.read(stream -> V1Body.read(stream, serving.options().maxPictures()));
      CallParameters parameters = CallParameters.of(body.parameters());
      List<Work> work = work(model, body, parameters);
      Duration atMost = serving.time(parameters.timeout());
      boolean events = exchange.accepts(EVENTS);
      List<SampleCount> counts = new ArrayList<>();
      List<Job<byte[]>> jobs = new ArrayList<>();
      for (Work one : work) {
        SampleCount count = new SampleCount(serving.metrics());
        counts.add(count);
        WorkTimes times = exchange.work("explain");
        jobs.add(place.start(() -> times.during(() -> one.explain(count, times))));
      }
      if (events) {
        new EventStream(exchange).send(counts, beat -> explain(exchange, jobs, atMost, beat));
      } else {
        exchange.json(200, explain(exchange, jobs, atMost, () -> {}));
      }
    }
    serving.metrics().explained(model.name(), exchange.seconds());
  }

  /** What is to be done, a piece for each instance. */
  private List<Work> work(Served served, V1Body body, CallParameters parameters) {
    return switch (served) {
      case ServedModel model -> pictures(model, body, parameters);
      case ServedTable table -> rows(table, body, parameters);
    };
  }

  private List<Work> pictures(ServedModel model, V1Body body, CallParameters parameters) {
    List<AskedPicture> pictures = body.pictures(model.name());
    OptionReader.Asked asked = model.options().read(parameters.options());
    List<Work> work = new ArrayList<>();
    for (AskedPicture picture : pictures) {
      ExplainCall call =
          new ExplainCall(model, picture, asked, parameters.figures(), parameters.layer());
      work.add((progress, times) -> serving.explaining().explain(call, progress, times::made));
    }
    return work;
  }

  private List<Work> rows(ServedTable table, V1Body body, CallParameters parameters) {
    List<AskedRow> rows = body.rows(table.name());
    if (!parameters.figures().isEmpty()) {
      throw new InvalidInputException(
          "parameters.include is for models of pictures, and %s is one of rows"
              .formatted(table.name()));
    }
    TabularOptions options = table.options().read(parameters.options()).withOneHot(table.oneHot());
    List<Work> work = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Double> values = DoubleStream.of(table.values(rows.get(i))).boxed().toList();
      RowCall call = new RowCall(table, body.field(), i, values, options);
      work.add((progress, times) -> serving.explainingRows().explain(call, progress, times::made));
    }
    return work;
  }

  private byte[] explain(
      Exchange exchange, List<Job<byte[]>> jobs, Duration atMost, Runnable beat) {
    return Answers.list(LIST, serving.await(exchange, jobs, atMost, beat));
  }
}
