package dev.quicklime.serve.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses among the tensors of V2, and reads the one of the scores. */
final class V2Tensors {

  /** What an output among several is called that holds scores. */
  private static final String LOGITS = "logits";

  private static final int MOST_BATCH = 4096;

  private V2Tensors() {}

  /** The input of the pictures; null where the predictor names none. */
  static @Nullable JsonNode input(JsonNode inputs, @Nullable String asked) {
    if (inputs.isEmpty()) {
      return null;
    }
    for (JsonNode input : inputs) {
      if (asked == null ? inputs.size() == 1 : input.path("name").asText().equals(asked)) {
        return input;
      }
    }
    throw Faults.wrong(
        asked == null ? "one input, of pictures" : "an input named " + asked, names(inputs));
  }

  /** The output of the scores, null where the predictor names none and none is asked for. */
  static @Nullable String output(JsonNode outputs, @Nullable String asked) {
    if (outputs.isEmpty()) {
      return asked;
    }
    List<String> names = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (JsonNode output : outputs) {
      String name = output.path("name").asText();
      names.add(name);
      if (output.path("datatype").asText().matches("B?FP?[0-9]+")) {
        numbers.add(name);
      }
    }
    if (asked != null) {
      if (names.contains(asked)) {
        return asked;
      }
      if (asked.matches("[0-9]{1,3}") && Integer.parseInt(asked) < names.size()) {
        return names.get(Integer.parseInt(asked));
      }
      throw Faults.wrong("an output " + asked, names(outputs));
    }
    if (numbers.size() == 1) {
      return numbers.getFirst();
    }
    if (numbers.contains(LOGITS)) {
      return LOGITS;
    }
    throw Faults.wrong(
        numbers.isEmpty()
            ? "an output of floating-point numbers"
            : "one output of scores, or its name",
        names(outputs));
  }

  /** Pictures of a batch that a predictor holds to. */
  static int batch(long said) {
    if (said > MOST_BATCH) {
      throw Faults.wrong("an input of at most " + MOST_BATCH + " pictures", Long.toString(said));
    }
    return (int) said;
  }

  private static String names(JsonNode tensors) {
    List<String> names = new ArrayList<>();
    tensors.forEach(tensor -> names.add(tensor.path("name").asText()));
    return Faults.line(String.join(", ", names));
  }

  /** The scores of an answer, as they are or in bytes. */
  static double[] scores(HttpResponse<byte[]> answer, @Nullable String name, int sent) {
    byte[] body = answer.body();
    int header = headerLength(answer);
    ObjectNode json = Json.object(body, header);
    JsonNode outputs = json.path("outputs");
    long offset = header;
    for (JsonNode output : outputs) {
      JsonNode size = output.path("parameters").path("binary_data_size");
      boolean meant =
          name == null ? outputs.size() == 1 : output.path("name").asText().equals(name);
      if (meant) {
        double[] scores =
            size.isIntegralNumber() ? bytes(output, body, offset, size.asLong()) : data(output);
        check(output, scores, sent);
        return scores;
      }
      offset += size.asLong();
    }
    throw Faults.wrong(
        name == null ? "one output" : "the output " + name,
        outputs.isEmpty() ? "none" : names(outputs));
  }

  private static int headerLength(HttpResponse<byte[]> answer) {
    String said = answer.headers().firstValue(V2Predictor.HEADER_LENGTH).orElse("").strip();
    int length = answer.body().length;
    if (said.isEmpty()) {
      return length;
    }
    if (!said.matches("[0-9]{1,9}") || Integer.parseInt(said) > length) {
      throw Faults.wrong(
          "the bytes of JSON as " + V2Predictor.HEADER_LENGTH,
          "%s of an answer of %s".formatted(Faults.line(said), length));
    }
    return Integer.parseInt(said);
  }

  private static double[] data(JsonNode output) {
    JsonNode data = output.path("data");
    if (!data.isArray()) {
      throw Faults.wrong("scores as a list of numbers", Json.kind(data));
    }
    List<Double> values = new ArrayList<>();
    flatten(data, values);
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void flatten(JsonNode node, List<Double> into) {
    for (JsonNode one : node) {
      if (one.isArray()) {
        flatten(one, into);
      } else {
        into.add(Shapes.score(one, "data[" + into.size() + "]"));
      }
    }
  }

  private static double[] bytes(JsonNode output, byte[] body, long offset, long size) {
    TensorType type = TensorType.named(output.path("datatype").asText()).orElse(TensorType.UINT8);
    if (type == TensorType.UINT8) {
      throw Faults.wrong(
          "scores of FP32, FP64, FP16 or BF16", Faults.line(output.path("datatype").asText()));
    }
    if (size < 0 || size % type.bytes() != 0 || offset < 0 || offset > body.length - size) {
      throw Faults.wrong(
          "%s bytes of scores".formatted(size), "an answer of %s".formatted(body.length));
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(body, (int) offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    double[] scores = new double[(int) size / type.bytes()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          switch (type) {
            case FP64 -> buffer.getDouble();
            case FP16 -> Float.float16ToFloat(buffer.getShort());
            case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
            case FP32, UINT8 -> buffer.getFloat();
          };
      if (!Double.isFinite(scores[i])) {
        throw Faults.wrong("finite scores", "%s as number %s".formatted(scores[i], i));
      }
    }
    return scores;
  }

  /** Refuses other scores than a row of them for each picture. */
  private static void check(JsonNode output, double[] scores, int sent) {
    List<Long> sizes = Shapes.sizes(output.path("shape"), "an output's shape");
    long numbers = sizes.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    long wide = sizes.stream().skip(1).filter(size -> size != 1).count();
    if (sizes.isEmpty() || sizes.getFirst() != sent || wide > 1) {
      throw Faults.wrong(
          "a row of scores for each of %s pictures".formatted(sent), "the shape " + sizes);
    }
    if (numbers != scores.length || scores.length == 0) {
      throw Faults.wrong(
          "as many scores as its shape %s says".formatted(sizes), Integer.toString(scores.length));
    }
  }
}
