package dev.quicklime.serve.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of V2. */
public final class V2Answers {

  /** The tensor of what a model answers: the probabilities of its classes, a row for a picture. */
  public static final String OUTPUT = "probabilities";

  private static final String TYPE = "FP32";

  private V2Answers() {}

  /**
   * What a prediction is, its numbers in bytes or not.
   *
   * @param header the JSON
   * @param bytes what comes behind it, little-endian; nothing where the numbers are in the JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // Written, never compared.
  public record Inferred(byte[] header, byte[] bytes) {

    /** Copies the arrays. */
    public Inferred {
      header = header.clone();
      bytes = bytes.clone();
    }

    @Override
    public byte[] header() {
      return header.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * The answer of {@code infer}.
   *
   * @param id of the request, or null
   */
  public static Inferred inferred(
      String model, @Nullable String id, List<List<Double>> rows, boolean binary) {
    int classes = rows.isEmpty() ? 0 : rows.getFirst().size();
    ByteBuffer bytes =
        ByteBuffer.allocate(binary ? Float.BYTES * rows.size() * classes : 0)
            .order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("name", OUTPUT);
    output.put("datatype", TYPE);
    output.put("shape", List.of(rows.size(), classes));
    if (binary) {
      rows.forEach(row -> row.forEach(value -> bytes.putFloat(value.floatValue())));
      output.put("parameters", Map.of("binary_data_size", bytes.capacity()));
    } else {
      List<Float> flat = new ArrayList<>();
      rows.forEach(row -> row.forEach(value -> flat.add(value.floatValue())));
      output.put("data", flat);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model_name", model);
    if (id != null) {
      answer.put("id", id);
    }
    answer.put("outputs", List.of(output));
    return new Inferred(Answers.of(answer), bytes.array());
  }

  /**
   * What a model takes and gives.
   *
   * @param runtime what runs it
   * @param sizes height, width and channels of its input, to which other sizes are brought
   * @param classes how many there are, or −1 where that is not known
   */
  public static byte[] metadata(String model, String runtime, List<Integer> sizes, int classes) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", model);
    answer.put("versions", List.of());
    answer.put("platform", runtime);
    answer.put(
        "inputs",
        List.of(
            Map.of(
                "name", "pictures",
                "datatype", "UINT8",
                "shape", List.of(-1, sizes.get(0), sizes.get(1), sizes.get(2)))));
    answer.put(
        "outputs",
        List.of(Map.of("name", OUTPUT, "datatype", TYPE, "shape", List.of(-1, classes))));
    return Answers.of(answer);
  }
}
