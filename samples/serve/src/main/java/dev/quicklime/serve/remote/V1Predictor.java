package dev.quicklime.serve.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A predictor of V1, which says nothing of what it takes. */
final class V1Predictor implements Predictor {

  private static final int OK = 200;

  /** What those answer that score, but have no route to be asked whether they are ready. */
  private static final List<Integer> NO_SUCH_QUESTION = List.of(405, 501);

  private final PredictorOptions options;
  private final PredictorHttp http;

  V1Predictor(PredictorOptions options, PredictorHttp http) {
    this.options = options;
    this.http = http;
  }

  private String path() {
    return "/v1/models/" + options.model();
  }

  @Override
  public RemoteInput meet(Preprocessing preprocessing, int batch) {
    HttpResponse<byte[]> answer = http.get(path());
    if (!NO_SUCH_QUESTION.contains(answer.statusCode())) {
      if (answer.statusCode() != OK) {
        throw Faults.refused(answer);
      }
      JsonNode ready = Json.object(answer.body()).path("ready");
      if (ready.isBoolean() && !ready.asBoolean()) {
        throw Faults.wrong("that its model is ready", "that it is not");
      }
    }
    TensorType type = options.type() == null ? TensorType.FP32 : options.type();
    Layout layout = options.layout() == null ? Layout.NCHW : options.layout();
    List<String> decisions = new ArrayList<>();
    Preprocessing input = Shapes.levels(preprocessing, type, decisions);
    return new RemoteInput(
        new BatchFormat(input, type.pixels(), layout),
        type,
        batch,
        false,
        options.input(),
        options.output(),
        false,
        decisions);
  }

  @Override
  public HttpRequest request(RemoteInput input, MemorySegment pixels, int rows) {
    PixelWriter writer = new PixelWriter(input, pixels, rows);
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator json = Json.MAPPER.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart("instances");
      for (int row = 0; row < rows; row++) {
        if (input.name() == null) {
          writer.nested(json, row);
        } else {
          json.writeStartObject();
          json.writeFieldName(input.name());
          writer.nested(json, row);
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return http.route(path() + ":predict")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  @Override
  public double[] scores(RemoteInput input, HttpResponse<byte[]> answer, int sent) {
    JsonNode predictions = Json.object(answer.body()).path("predictions");
    if (!predictions.isArray() || predictions.size() != sent) {
      throw Faults.wrong(
          "predictions for each of %s pictures".formatted(sent), Json.kind(predictions));
    }
    double[] scores = null;
    int classes = 0;
    for (int row = 0; row < sent; row++) {
      String where = "predictions[" + row + "]";
      JsonNode one = row(input, predictions.get(row), where);
      if (scores == null) {
        classes = one.isArray() ? one.size() : 1;
        scores = new double[Math.multiplyExact(sent, classes)];
      }
      if ((one.isArray() ? one.size() : 1) != classes) {
        throw Faults.wrong(
            "as many scores for every picture, %s".formatted(classes),
            "%s in %s".formatted(one.size(), where));
      }
      for (int c = 0; c < classes; c++) {
        scores[row * classes + c] = Shapes.score(one.isArray() ? one.get(c) : one, where);
      }
    }
    return scores == null ? new double[0] : scores;
  }

  /** The list of a picture's scores, or its only one. */
  private static JsonNode row(RemoteInput input, JsonNode prediction, String where) {
    JsonNode row = prediction;
    if (prediction.isObject()) {
      String field = input.output();
      if (field == null && prediction.size() == 1) {
        field = prediction.fieldNames().next();
      }
      if (field == null || !prediction.has(field)) {
        List<String> names = new ArrayList<>();
        prediction.fieldNames().forEachRemaining(names::add);
        throw Faults.wrong(
            field == null
                ? "scores, or an object of which one field is named as the output"
                : "an object with the output " + field,
            "%s in %s".formatted(Faults.line(String.join(", ", names)), where));
      }
      row = prediction.get(field);
    }
    if (row.isArray() && row.isEmpty()) {
      throw Faults.wrong("at least one score for every picture", "none in " + where);
    }
    return row;
  }
}
