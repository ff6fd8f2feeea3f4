package dev.quicklime.files.card;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.ResizeTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a JSON object, each of one type. What is wrong is an {@link InvalidInputException} that
 * names the field, the rule and the value.
 */
final class CardFields {

  private final JsonNode card;

  CardFields(JsonNode card) {
    if (!card.isObject()) {
      throw new InvalidInputException(
          "must be a JSON object, got "
              + (card.isMissingNode()
                  ? "an empty file"
                  : card.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
    this.card = card;
  }

  /** Refuses a field that is none of the known ones but was surely meant for one. */
  void checkNames(Set<String> known) {
    for (Map.Entry<String, JsonNode> field : card.properties()) {
      if (!known.contains(field.getKey())) {
        for (String name : known) {
          if (misspelt(field.getKey(), name)) {
            throw new InvalidInputException(
                "unknown field %s, did you mean %s?".formatted(field.getKey(), name));
          }
        }
      }
    }
  }

  /**
   * Same letters in another case or with other punctuation, or one slip behind the first letter: a
   * letter too many, too few, another one, or two that changed places.
   */
  private static boolean misspelt(String given, String field) {
    String known = field.toLowerCase(Locale.ROOT);
    String plain = given.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    if (plain.equals(known)) {
      return true;
    }
    if (plain.isEmpty() || plain.charAt(0) != known.charAt(0)) {
      return false;
    }
    int same = 0;
    int shorter = Math.min(plain.length(), known.length());
    while (same < shorter && plain.charAt(same) == known.charAt(same)) {
      same++;
    }
    String rest = plain.substring(same);
    String right = known.substring(same);
    boolean swapped =
        rest.length() >= 2
            && right.length() >= 2
            && rest.charAt(0) == right.charAt(1)
            && rest.charAt(1) == right.charAt(0)
            && rest.substring(2).equals(right.substring(2));
    return swapped
        || from(rest, 1).equals(right)
        || rest.equals(from(right, 1))
        || from(rest, 1).equals(from(right, 1));
  }

  private static String from(String text, int index) {
    return text.substring(Math.min(index, text.length()));
  }

  /** A whole number of at least 1, or a standard one where the field is missing. */
  int whole(String field, int standard) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return standard;
    }
    if (!node.isInt()) {
      throw new InvalidInputException(field + " must be a whole number, got " + node);
    }
    if (node.intValue() < 1) {
      throw new InvalidInputException(field + " must be at least 1, got " + node);
    }
    return node.intValue();
  }

  /** A text, or null where the field is missing. */
  @Nullable String text(String field) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return null;
    }
    if (!node.isTextual()) {
      throw new InvalidInputException(field + " must be a text, got " + node);
    }
    return node.textValue();
  }

  /** A size to resize to, a number or a text, or null where the field is missing. */
  @Nullable ResizeTo size(String field) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return null;
    }
    if (!node.isInt() && !node.isTextual()) {
      throw new InvalidInputException(
          field + " must be a whole number or a text as \"256x232\", got " + node);
    }
    try {
      return ResizeTo.parse(node.asText());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(field + ": " + e.getMessage(), e);
    }
  }

  /** One of some values, in lower or upper case, or null where the field is missing. */
  <E extends Enum<E>> @Nullable E choice(String field, List<E> values) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return null;
    }
    for (E value : values) {
      if (value.name().equals(node.asText().toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new InvalidInputException(
        "%s must be one of %s, got %s"
            .formatted(field, values.toString().toLowerCase(Locale.ROOT), node));
  }

  /** An array of numbers. */
  List<Double> numbers(String field, List<Double> standard) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return standard;
    }
    List<Double> values = new ArrayList<>();
    for (JsonNode element : array(node, field)) {
      if (!element.isNumber()) {
        throw new InvalidInputException(field + " must hold numbers, got " + element);
      }
      values.add(element.doubleValue());
    }
    return values;
  }

  /** An array of texts, empty where the field is missing. */
  List<String> texts(String field) {
    JsonNode node = card.path(field);
    List<String> values = new ArrayList<>();
    if (!node.isMissingNode()) {
      for (JsonNode element : array(node, field)) {
        values.add(text(element, field));
      }
    }
    return values;
  }

  /** An object of texts, empty where the field is missing. */
  SortedMap<String, String> map(String field) {
    JsonNode node = card.path(field);
    SortedMap<String, String> values = new TreeMap<>();
    if (!node.isMissingNode()) {
      if (!node.isObject()) {
        throw new InvalidInputException(field + " must be an object of texts, got " + node);
      }
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        values.put(entry.getKey(), text(entry.getValue(), field));
      }
    }
    return values;
  }

  private static String text(JsonNode node, String field) {
    if (!node.isTextual()) {
      throw new InvalidInputException(field + " must hold texts, got " + node);
    }
    return node.textValue();
  }

  private static JsonNode array(JsonNode node, String field) {
    if (!node.isArray()) {
      throw new InvalidInputException(field + " must be an array, got " + node);
    }
    return node;
  }
}
