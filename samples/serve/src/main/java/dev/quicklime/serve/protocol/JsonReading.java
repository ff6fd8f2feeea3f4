package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What both protocols need of a parser. */
final class JsonReading {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // What a body may have in all is for whoever hands it over to say.
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNestingDepth(20)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .build();

  private JsonReading() {}

  static JsonParser parser(InputStream body) throws IOException {
    return MAPPER.createParser(body);
  }

  /** Goes on to the value of the next field of an object; null at its end. */
  static @Nullable String nextField(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  static void need(JsonParser parser, JsonToken token, String field, String rule) {
    if (parser.currentToken() != token) {
      throw wrong(field, rule, kind(parser.currentToken()));
    }
  }

  /** The object at hand. */
  static ObjectNode object(JsonParser parser, String field) throws IOException {
    need(parser, JsonToken.START_OBJECT, field, "an object");
    JsonNode node = MAPPER.readTree(parser);
    if (!(node instanceof ObjectNode object)) {
      throw wrong(field, "an object", "something else");
    }
    return object;
  }

  static double number(JsonParser parser, String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrong(field, "lists of numbers", kind(token));
    }
    return parser.getDoubleValue();
  }

  static InvalidInputException wrong(String field, String rule, String got) {
    return new InvalidInputException("%s must be %s, got %s".formatted(field, rule, got));
  }

  /** What a body is refused for that is no JSON. */
  static InvalidInputException noJson(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " at line %d, column %d",
                e.getLocation().getLineNr(),
                e.getLocation().getColumnNr());
    String said = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
    int end = said.indexOf('\n');
    return new InvalidInputException(
        "the body must be JSON%s: %s".formatted(place, end < 0 ? said : said.substring(0, end)), e);
  }

  static String kind(@Nullable JsonToken token) {
    return switch (token) {
      case null -> "nothing";
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case END_ARRAY -> "the end of a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
