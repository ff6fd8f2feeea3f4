package dev.quicklime.files.card;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import dev.quicklime.model.LabelText;
import dev.quicklime.model.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads names of classes from the files in which they usually come. */
public final class LabelFile {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where the models of Hugging Face have them. */
  private static final String ID_TO_LABEL = "id2label";

  private LabelFile() {}

  /**
   * Reads a file in UTF-8, or in UTF-16 where a byte order mark says so. A file that begins with a
   * bracket or a brace must be JSON throughout: a list of names or of pairs {@code [id, name]}, or
   * an object of {@code "0": name}, {@code "0": [id, name]} or {@code name: 0}, which may stand in
   * a field {@code id2label} as in a model's {@code config.json}. Any other is text with one name
   * on each line.
   *
   * @throws InvalidInputException if it cannot be read, or names a class twice or not at all
   */
  public static Labels read(Path file) {
    String text = LabelText.read(file);
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Labels.ofLines(text, file);
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      return Labels.of(json.isArray() ? list(json) : object(json));
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "labels file %s begins as JSON and must be JSON, got %s"
              .formatted(file, JsonProblem.of(e)),
          e);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("labels file " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> list(JsonNode json) {
    List<String> names = new ArrayList<>();
    for (JsonNode entry : json) {
      names.add(name(entry));
    }
    return filled(names);
  }

  private static List<String> object(JsonNode given) {
    JsonNode json = given.path(ID_TO_LABEL).isObject() ? given.path(ID_TO_LABEL) : given;
    SortedMap<Integer, String> names = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      boolean nameFirst = entry.getValue().isInt();
      String index = nameFirst ? entry.getValue().asText() : entry.getKey();
      String name = nameFirst ? entry.getKey().strip() : name(entry.getValue());
      if (!index.matches("[0-9]{1,9}")) {
        throw new InvalidInputException("classes must be whole numbers from 0 on, got " + index);
      }
      if (names.putIfAbsent(Integer.valueOf(index), name) != null) {
        throw new InvalidInputException("a class must have one name, got two for class " + index);
      }
    }
    for (int i = 0; i < names.size(); i++) {
      if (!names.containsKey(i)) {
        throw new InvalidInputException(
            "classes must be numbered from 0 to %d without a gap, got none for class %d"
                .formatted(names.lastKey(), i));
      }
    }
    return filled(List.copyOf(names.values()));
  }

  private static List<String> filled(List<String> names) {
    if (names.isEmpty()) {
      throw new InvalidInputException("there must be at least one name, got none");
    }
    return names;
  }

  /** A name, or the second of a pair, of which the first is an identifier. */
  private static String name(JsonNode entry) {
    JsonNode name = entry.isArray() && entry.size() == 2 ? entry.path(1) : entry;
    if (!name.isTextual()) {
      throw new InvalidInputException(
          "each name must be a text or a pair of identifier and name, got " + entry);
    }
    return name.textValue().strip();
  }
}
