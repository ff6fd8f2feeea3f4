package dev.quicklime.serve.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads what predictors answer. */
final class Json {

  /** NaN is no JSON, but Python writes it: it is to be called by its name. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  /** An object, out of some first bytes. */
  static ObjectNode object(byte[] bytes, int length) {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes, 0, length);
    } catch (JacksonException e) {
      throw Faults.wrong("JSON", "something else: " + Faults.line(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw Faults.wrong("a JSON object", kind(node));
    }
    return object;
  }

  static ObjectNode object(byte[] bytes) {
    return object(bytes, bytes.length);
  }

  /** What a value is, for messages. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list of " + node.size();
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a text";
      case NUMBER, BOOLEAN -> node.asText();
      case NULL -> "null";
      case MISSING -> "nothing";
    };
  }
}
