package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.model.AskedPicture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request of V2: one tensor of pictures, {@code [n, H, W, C]} or {@code [n, C, H, W]}, as numbers
 * in JSON or in bytes behind it, of the type UINT8 or FP32. Levels are in 0..255, or floats in
 * 0..1.
 *
 * @param id what the answer has too, or null
 * @param pictures at least one
 * @param parameters as they came, empty where there were none
 * @param binary whether the answer's numbers are asked for in bytes
 */
public record V2Body(
    @Nullable String id, List<AskedPicture> pictures, ObjectNode parameters, boolean binary) {

  /** Copies the list. */
  public V2Body {
    pictures = List.copyOf(pictures);
    Objects.requireNonNull(parameters, "parameters");
  }

  /**
   * Reads a body to its end.
   *
   * @param headerLength bytes of JSON at its beginning where bytes of the tensor follow, else below
   *     0
   * @param channels those of the model's input
   * @param mostPictures how many are taken
   * @throws InvalidInputException in one line that names the field which is wrong
   * @throws IOException if the body cannot be read
   */
  public static V2Body read(InputStream body, long headerLength, int channels, int mostPictures)
      throws IOException {
    if (headerLength < 0) {
      return json(body, null, channels, mostPictures);
    }
    if (headerLength > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "Inference-Header-Content-Length must be the bytes of JSON, got " + headerLength);
    }
    byte[] header = body.readNBytes((int) headerLength);
    if (header.length < headerLength) {
      throw new InvalidInputException(
          "Inference-Header-Content-Length must be the bytes of JSON, got %s of a body of %s"
              .formatted(headerLength, header.length));
    }
    return json(new ByteArrayInputStream(header), body, channels, mostPictures);
  }

  private static V2Body json(
      InputStream json, @Nullable InputStream behind, int channels, int mostPictures)
      throws IOException {
    String id = null;
    TensorInput tensor = null;
    boolean binary = false;
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    try (JsonParser parser = JsonReading.parser(json)) {
      parser.nextToken();
      JsonReading.need(parser, JsonToken.START_OBJECT, "the body", "an object of inputs");
      for (String field = JsonReading.nextField(parser);
          field != null;
          field = JsonReading.nextField(parser)) {
        switch (field) {
          case "id" -> id = parser.getValueAsString();
          case "inputs" -> tensor = inputs(parser, behind != null);
          case "parameters" -> parameters = JsonReading.object(parser, field);
          case "outputs" -> binary = binary(parser);
          default ->
              throw new InvalidInputException(
                  "fields must be id, inputs, outputs and parameters, got " + field);
        }
      }
      if (tensor == null) {
        throw new InvalidInputException("inputs must be a list of one tensor, got none");
      }
      JsonNode all = parameters.remove("binary_data_output");
      if (behind != null) {
        tensor.readBytes(behind);
      }
      return new V2Body(
          id,
          tensor.pictures(channels, mostPictures),
          parameters,
          binary || (all != null && all.asBoolean()));
    } catch (JsonProcessingException e) {
      throw JsonReading.noJson(e);
    }
  }

  private static TensorInput inputs(JsonParser parser, boolean binary) throws IOException {
    JsonReading.need(parser, JsonToken.START_ARRAY, "inputs", "a list of one tensor");
    TensorInput tensor = null;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (tensor != null) {
        throw new InvalidInputException("inputs must be a list of one tensor, got more");
      }
      tensor = TensorInput.read(parser, "inputs[0]", binary);
    }
    if (tensor == null) {
      throw new InvalidInputException("inputs must be a list of one tensor, got none");
    }
    return tensor;
  }

  /** Whether any output is asked for in bytes; there is only one. */
  private static boolean binary(JsonParser parser) throws IOException {
    JsonReading.need(parser, JsonToken.START_ARRAY, "outputs", "a list");
    boolean binary = false;
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      ObjectNode output = JsonReading.object(parser, "outputs[" + count + "]");
      String name = output.path("name").asText();
      if (!name.equals(V2Answers.OUTPUT)) {
        throw new InvalidInputException(
            "outputs[%s].name must be %s, got %s".formatted(count, V2Answers.OUTPUT, name));
      }
      binary |= output.path("parameters").path("binary_data").asBoolean();
      count++;
    }
    return binary;
  }
}
