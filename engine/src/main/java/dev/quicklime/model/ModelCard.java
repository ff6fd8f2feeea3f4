package dev.quicklime.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model file does not say about itself, read from a {@code model.json} beside it. Every
 * field may be missing: {@code width} and {@code height} in pixels, {@code resize} (stretch, crop
 * or pad), {@code mean} and {@code std} for each channel, {@code order} (RGB or BGR), {@code
 * labels} (one name for each class). Fields with other names are left for others to read.
 *
 * @param preprocessing the input the model takes
 * @param labels one name for each class, empty if the file gives none
 */
public record ModelCard(Preprocessing preprocessing, List<String> labels) {

  private static final String FILE = "model.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Copies the labels. */
  public ModelCard {
    labels = List.copyOf(labels);
  }

  /**
   * Reads the card beside a model file; without one, the input is ImageNet's and there are no
   * labels.
   *
   * @throws QuicklimeException if the card is there but cannot be read or is wrong
   */
  public static ModelCard beside(Path model) {
    Path file = fileBeside(model);
    if (!Files.isRegularFile(file)) {
      return new ModelCard(Preprocessing.imageNet(), List.of());
    }
    try {
      return parse(MAPPER.readTree(Files.readString(file)));
    } catch (JacksonException e) {
      throw new QuicklimeException(file + " must be a JSON object, got a file that is none", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new QuicklimeException(file + ": " + e.getMessage(), e);
    }
  }

  /** Where the card of a model file is. */
  public static Path fileBeside(Path model) {
    return model.resolveSibling(FILE);
  }

  /**
   * Writes the card as a JSON object of all the fields above.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(
        file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n");
  }

  private ObjectNode json() {
    ObjectNode card = MAPPER.createObjectNode();
    card.put("width", preprocessing.width());
    card.put("height", preprocessing.height());
    card.put("resize", preprocessing.resize().name().toLowerCase(Locale.ROOT));
    card.set("mean", MAPPER.valueToTree(preprocessing.mean()));
    card.set("std", MAPPER.valueToTree(preprocessing.std()));
    card.put("order", preprocessing.order().name());
    if (!labels.isEmpty()) {
      card.set("labels", MAPPER.valueToTree(labels));
    }
    return card;
  }

  /** Whether there is no file yet, or one that says the same. */
  boolean mayBecome(Path file) {
    if (Files.notExists(file)) {
      return true;
    }
    try {
      return MAPPER.readTree(Files.readString(file)).equals(MAPPER.readTree(json().toString()));
    } catch (IOException e) {
      return false;
    }
  }

  private static ModelCard parse(JsonNode card) {
    if (!card.isObject()) {
      throw new IllegalArgumentException(
          "must be a JSON object, got "
              + (card.isMissingNode()
                  ? "an empty file"
                  : card.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
    Preprocessing standard = Preprocessing.imageNet();
    Preprocessing preprocessing =
        new Preprocessing(
            whole(card, "width", standard.width()),
            whole(card, "height", standard.height()),
            choice(card, "resize", standard.resize()),
            numbers(card, "mean", standard.mean()),
            numbers(card, "std", standard.std()),
            choice(card, "order", standard.order()));
    return new ModelCard(preprocessing, texts(card, "labels"));
  }

  private static int whole(JsonNode card, String field, int standard) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return standard;
    }
    if (!node.isInt()) {
      throw new IllegalArgumentException(field + " must be a whole number, got " + node);
    }
    return node.intValue();
  }

  private static <E extends Enum<E>> E choice(JsonNode card, String field, E standard) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return standard;
    }
    for (E value : standard.getDeclaringClass().getEnumConstants()) {
      if (value.name().equals(node.asText().toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "%s must be one of %s, got %s"
            .formatted(
                field,
                List.of(standard.getDeclaringClass().getEnumConstants())
                    .toString()
                    .toLowerCase(Locale.ROOT),
                node));
  }

  private static List<Double> numbers(JsonNode card, String field, List<Double> standard) {
    JsonNode node = card.path(field);
    if (node.isMissingNode()) {
      return standard;
    }
    List<Double> values = new ArrayList<>();
    for (JsonNode element : array(node, field)) {
      if (!element.isNumber()) {
        throw new IllegalArgumentException(field + " must hold numbers, got " + element);
      }
      values.add(element.doubleValue());
    }
    return values;
  }

  private static List<String> texts(JsonNode card, String field) {
    JsonNode node = card.path(field);
    List<String> values = new ArrayList<>();
    if (!node.isMissingNode()) {
      for (JsonNode element : array(node, field)) {
        if (!element.isTextual()) {
          throw new IllegalArgumentException(field + " must hold texts, got " + element);
        }
        values.add(element.textValue());
      }
    }
    return values;
  }

  private static JsonNode array(JsonNode node, String field) {
    if (!node.isArray()) {
      throw new IllegalArgumentException(field + " must be an array, got " + node);
    }
    return node;
  }
}
