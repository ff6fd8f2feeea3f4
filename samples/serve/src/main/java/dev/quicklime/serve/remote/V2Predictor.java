package dev.quicklime.serve.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.serve.problem.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A predictor of V2, which says what it takes and gives, if only in part. */
final class V2Predictor implements Predictor {

  /** Says how many bytes of a body are JSON. */
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private static final int OK = 200;

  /** What the only input is called where nobody says it. */
  private static final String INPUT = "input-0";

  private final PredictorOptions options;
  private final PredictorHttp http;

  V2Predictor(PredictorOptions options, PredictorHttp http) {
    this.options = options;
    this.http = http;
  }

  private String path() {
    return "/v2/models/" + options.model();
  }

  @Override
  public RemoteInput meet(Preprocessing preprocessing, int batch) {
    asked(path() + "/ready");
    ObjectNode metadata = Json.object(asked(path()).body());
    JsonNode input = V2Tensors.input(metadata.path("inputs"), options.input());
    String output = V2Tensors.output(metadata.path("outputs"), options.output());
    boolean binary = binary();
    List<String> decisions = new ArrayList<>();
    TensorType type = type(input);
    if (input == null) {
      return new RemoteInput(
          new BatchFormat(
              Shapes.levels(preprocessing, type, decisions),
              type.pixels(),
              options.layout() == null ? Layout.NCHW : options.layout()),
          type,
          batch,
          false,
          options.input() == null ? INPUT : options.input(),
          output,
          binary,
          decisions);
    }
    List<Long> sizes = Shapes.sizes(input.path("shape"), "an input's shape");
    Shapes.check(sizes);
    Layout layout = Shapes.layout(sizes, preprocessing.channels(), options.layout());
    Preprocessing sized =
        Shapes.levels(Shapes.sized(preprocessing, sizes, layout, decisions), type, decisions);
    boolean exact = sizes.getFirst() > 0;
    if (exact && sizes.getFirst() != batch) {
      decisions.add("batches of %s, as the predictor says".formatted(sizes.getFirst()));
    }
    return new RemoteInput(
        new BatchFormat(sized, type.pixels(), layout),
        type,
        exact ? V2Tensors.batch(sizes.getFirst()) : batch,
        exact,
        input.path("name").asText(),
        output,
        binary,
        decisions);
  }

  private HttpResponse<byte[]> asked(String path) {
    HttpResponse<byte[]> answer = http.get(path);
    if (answer.statusCode() != OK) {
      throw Faults.refused(answer);
    }
    return answer;
  }

  private TensorType type(@Nullable JsonNode input) {
    if (options.type() != null) {
      return options.type();
    }
    if (input == null) {
      return TensorType.FP32;
    }
    String name = input.path("datatype").asText();
    return TensorType.named(name)
        .orElseThrow(
            () ->
                Faults.wrong(
                    "an input of FP32, FP64, FP16, BF16 or UINT8",
                    name.isEmpty() ? "none" : Faults.line(name)));
  }

  /** Whether numbers may come in bytes. */
  private boolean binary() {
    HttpResponse<byte[]> answer = http.get("/v2");
    if (answer.statusCode() != OK) {
      return false;
    }
    try {
      for (JsonNode extension : Json.object(answer.body()).path("extensions")) {
        if (extension.asText().equals("binary_tensor_data")) {
          return true;
        }
      }
      return false;
    } catch (ServiceException e) {
      // Whoever says nothing that can be read does not say that it takes bytes.
      return false;
    }
  }

  @Override
  public HttpRequest request(RemoteInput input, MemorySegment pixels, int rows) {
    PixelWriter writer = new PixelWriter(input, pixels, rows);
    ByteArrayOutputStream header = new ByteArrayOutputStream(1 << 12);
    try (JsonGenerator json = Json.MAPPER.createGenerator(header)) {
      json.writeStartObject();
      json.writeArrayFieldStart("inputs");
      json.writeStartObject();
      json.writeStringField("name", input.name());
      json.writeFieldName("shape");
      json.writeStartArray();
      json.writeNumber(input.sent(rows));
      for (int size : input.sizes()) {
        json.writeNumber(size);
      }
      json.writeEndArray();
      json.writeStringField("datatype", input.type().name());
      if (input.binary()) {
        json.writeObjectFieldStart("parameters");
        json.writeNumberField("binary_data_size", writer.byteCount());
        json.writeEndObject();
      } else {
        json.writeFieldName("data");
        writer.flat(json);
      }
      json.writeEndObject();
      json.writeEndArray();
      outputs(input, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] head = header.toByteArray();
    HttpRequest.Builder request = http.route(path() + "/infer");
    if (!input.binary()) {
      return request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(head))
          .build();
    }
    return request
        .header("Content-Type", "application/octet-stream")
        .header(HEADER_LENGTH, Integer.toString(head.length))
        .POST(
            HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofByteArray(head),
                HttpRequest.BodyPublishers.ofByteArray(writer.bytes())))
        .build();
  }

  /** Which output is wanted, and how. */
  private static void outputs(RemoteInput input, JsonGenerator json) throws IOException {
    if (input.output() == null) {
      if (input.binary()) {
        json.writeObjectFieldStart("parameters");
        json.writeBooleanField("binary_data_output", true);
        json.writeEndObject();
      }
      return;
    }
    json.writeArrayFieldStart("outputs");
    json.writeStartObject();
    json.writeStringField("name", input.output());
    if (input.binary()) {
      json.writeObjectFieldStart("parameters");
      json.writeBooleanField("binary_data", true);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  @Override
  public double[] scores(RemoteInput input, HttpResponse<byte[]> answer, int sent) {
    return V2Tensors.scores(answer, input.output(), sent);
  }
}
