package dev.quicklime.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that must be there. What is wrong with one is said with its place,
 * the rule and what was got.
 *
 * @param node the object
 * @param place what it is called within the file, empty for the whole of it
 */
record JsonFields(JsonNode node, String place) {

  private static final int LONGEST = 60;

  /** An object within. */
  JsonFields object(String field) {
    JsonNode found = node.path(field);
    if (!found.isObject()) {
      throw wrong(field, "an object", found);
    }
    return new JsonFields(found, named(field));
  }

  /** The objects of an array within. */
  List<JsonFields> objects(String field) {
    JsonNode found = array(field);
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : found) {
      String name = field + "[" + objects.size() + "]";
      if (!element.isObject()) {
        throw wrong(name, "an object", element);
      }
      objects.add(new JsonFields(element, named(name)));
    }
    return objects;
  }

  String text(String field) {
    JsonNode found = node.path(field);
    if (!found.isTextual()) {
      throw wrong(field, "a text", found);
    }
    return found.textValue();
  }

  @Nullable String textOrNull(String field) {
    return node.path(field).isNull() ? null : text(field);
  }

  boolean flag(String field) {
    JsonNode found = node.path(field);
    if (!found.isBoolean()) {
      throw wrong(field, "true or false", found);
    }
    return found.booleanValue();
  }

  long whole(String field, long least, long most) {
    JsonNode found = node.path(field);
    if (!found.isIntegralNumber()
        || !found.canConvertToLong()
        || found.longValue() < least
        || found.longValue() > most) {
      throw wrong(field, "a whole number between %s and %s".formatted(least, most), found);
    }
    return found.longValue();
  }

  /** A number, or NaN where there is none. */
  double numberOrNone(String field) {
    JsonNode found = node.path(field);
    if (!found.isNumber() && !found.isNull()) {
      throw wrong(field, "a number or null", found);
    }
    return found.isNull() ? Double.NaN : found.doubleValue();
  }

  /** The numbers of an array, NaN where there is none. */
  List<Double> numbers(String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : array(field)) {
      if (!element.isNumber() && !element.isNull()) {
        throw wrong(field, "an array of numbers", element);
      }
      numbers.add(element.isNull() ? Double.NaN : element.doubleValue());
    }
    return numbers;
  }

  /** One of an enum's constants, in small letters. */
  <E extends Enum<E>> E choice(String field, Class<E> type) {
    String text = text(field);
    return Stream.of(type.getEnumConstants())
        .filter(value -> word(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    field,
                    Stream.of(type.getEnumConstants())
                        .map(JsonFields::word)
                        .collect(Collectors.joining(", ", "one of ", "")),
                    node.path(field)));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** An object of texts. */
  Map<String, String> texts(String field) {
    JsonFields found = object(field);
    Map<String, String> texts = new TreeMap<>();
    found.node.fieldNames().forEachRemaining(name -> texts.put(name, found.text(name)));
    return texts;
  }

  /** What is made of these fields, whose own refusal is said with their place. */
  <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (InvalidInputException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(place) ? e : new InvalidInputException(place + ": " + message, e);
    }
  }

  private JsonNode array(String field) {
    JsonNode found = node.path(field);
    if (!found.isArray()) {
      throw wrong(field, "an array", found);
    }
    return found;
  }

  private InvalidInputException wrong(String field, String rule, JsonNode got) {
    return new InvalidInputException(
        "%s must be %s, got %s".formatted(named(field), rule, shown(got)));
  }

  /** A value in a message, cut where it is long. */
  static String shown(JsonNode got) {
    String text = got.isMissingNode() ? "nothing" : got.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private String named(String field) {
    return place.isEmpty() ? field : place + "." + field;
  }
}
