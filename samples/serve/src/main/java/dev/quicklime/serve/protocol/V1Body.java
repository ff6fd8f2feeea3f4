package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.model.AskedInstance;
import dev.quicklime.serve.model.AskedPicture;
import dev.quicklime.serve.model.AskedRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A request of V1: {@code {"instances": […], "parameters": {…}}}, or {@code inputs} in place of
 * {@code instances}. An instance is {@code {"image": {"b64": "…"}}} or {@code {"b64": "…"}} with a
 * picture file, or {@code {"image": [[[…]]]}} or {@code [[[…]]]} with pixels, rows of columns of
 * channels, or rows of columns of gray; or {@code {"row": […]}} or {@code […]} with a row of a
 * table, or {@code {"row": {…}}} by the names of its columns.
 *
 * @param field what the request calls its instances
 * @param instances at least one, all pictures or all rows
 * @param parameters as they came, empty where there were none
 */
public record V1Body(String field, List<AskedInstance> instances, ObjectNode parameters) {

  /** With or without what fills up its end. */
  private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

  /** Copies the list. */
  public V1Body {
    Objects.requireNonNull(field, "field");
    instances = List.copyOf(instances);
    Objects.requireNonNull(parameters, "parameters");
  }

  /**
   * The instances of a request to a model of pictures.
   *
   * @throws InvalidInputException if they are rows
   */
  public List<AskedPicture> pictures(String model) {
    return all(AskedPicture.class, "pictures, as model " + model + " takes");
  }

  /**
   * The instances of a request to a model of rows.
   *
   * @throws InvalidInputException if they are pictures
   */
  public List<AskedRow> rows(String model) {
    return all(AskedRow.class, "rows, as model " + model + " takes");
  }

  private <T extends AskedInstance> List<T> all(Class<T> kind, String rule) {
    for (AskedInstance one : instances) {
      if (!kind.isInstance(one)) {
        throw new InvalidInputException(
            "%s must be %s, got %s at %s".formatted(field, rule, kind(one), one.name()));
      }
    }
    return instances.stream().map(kind::cast).toList();
  }

  private static String kind(AskedInstance instance) {
    return switch (instance) {
      case AskedPicture _ -> "a picture";
      case AskedRow _ -> "a row";
    };
  }

  /**
   * Reads a body to its end.
   *
   * @param most how many instances are taken
   * @throws InvalidInputException in one line that names the field which is wrong
   * @throws IOException if the body cannot be read
   */
  public static V1Body read(InputStream body, int most) throws IOException {
    try (JsonParser parser = JsonReading.parser(body)) {
      parser.nextToken();
      JsonReading.need(parser, JsonToken.START_OBJECT, "the body", "an object of instances");
      V1Body read = read(parser, most);
      if (parser.nextToken() != null) {
        throw new InvalidInputException("the body must end after its object, got more");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw JsonReading.noJson(e);
    }
  }

  private static V1Body read(JsonParser parser, int most) throws IOException {
    String named = "instances";
    List<AskedInstance> instances = null;
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (String field = JsonReading.nextField(parser);
        field != null;
        field = JsonReading.nextField(parser)) {
      switch (field) {
        case "instances", "inputs" -> {
          if (instances != null) {
            throw new InvalidInputException("instances and inputs must not be given both");
          }
          named = field;
          instances = instances(parser, field, most);
        }
        case "parameters" -> parameters = JsonReading.object(parser, field);
        case "id", "signature_name" -> parser.skipChildren();
        default ->
            throw new InvalidInputException(
                "fields must be instances or inputs, and parameters, got " + field);
      }
    }
    if (instances == null || instances.isEmpty()) {
      throw new InvalidInputException("instances must be a list of at least one, got none");
    }
    return new V1Body(named, instances, parameters);
  }

  private static List<AskedInstance> instances(JsonParser parser, String field, int most)
      throws IOException {
    JsonReading.need(parser, JsonToken.START_ARRAY, field, "a list");
    List<AskedInstance> instances = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (instances.size() == most) {
        throw new InvalidInputException("%s must have at most %s, got more".formatted(field, most));
      }
      String name = "%s[%s]".formatted(field, instances.size());
      AskedInstance read =
          parser.currentToken() == JsonToken.START_ARRAY
              ? list(parser, name)
              : instance(parser, name);
      if (!instances.isEmpty() && instances.getFirst().getClass() != read.getClass()) {
        throw new InvalidInputException(
            "%s must be all pictures or all rows, got %s at %s and %s at %s"
                .formatted(
                    field,
                    kind(instances.getFirst()),
                    instances.getFirst().name(),
                    kind(read),
                    name));
      }
      instances.add(read);
    }
    return instances;
  }

  /** Lists of pixels, or the cells of a row. */
  private static AskedInstance list(JsonParser parser, String name) throws IOException {
    return RowReading.first(parser) == JsonToken.START_ARRAY
            || parser.currentToken() == JsonToken.END_ARRAY
        ? pixels(parser, name, name)
        : RowReading.list(parser, name, name);
  }

  private static AskedInstance instance(JsonParser parser, String name) throws IOException {
    JsonReading.need(
        parser, JsonToken.START_OBJECT, name, "an object of an image or a row, or lists of pixels");
    AskedInstance instance = null;
    for (String field = JsonReading.nextField(parser);
        field != null;
        field = JsonReading.nextField(parser)) {
      String full = name + "." + field;
      AskedInstance read =
          switch (field) {
            case "b64" -> file(parser, name, full);
            case "image" -> image(parser, name, full);
            case "row" -> RowReading.row(parser, name, full);
            default ->
                throw new InvalidInputException(
                    name + " must have an image or a row, got the field " + field);
          };
      if (instance != null) {
        throw new InvalidInputException(name + " must have one image or row, got more");
      }
      instance = read;
    }
    if (instance == null) {
      throw new InvalidInputException(name + " must have an image or a row, got none");
    }
    return instance;
  }

  private static AskedPicture image(JsonParser parser, String name, String field)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      parser.nextToken();
      return pixels(parser, name, field);
    }
    JsonReading.need(parser, JsonToken.START_OBJECT, field, "an object of b64, or lists of pixels");
    AskedPicture picture = null;
    for (String inner = JsonReading.nextField(parser);
        inner != null;
        inner = JsonReading.nextField(parser)) {
      if (!inner.equals("b64")) {
        throw new InvalidInputException(field + " must have b64, got the field " + inner);
      }
      picture = file(parser, name, field + ".b64");
    }
    if (picture == null) {
      throw new InvalidInputException(field + " must have b64, got none");
    }
    return picture;
  }

  private static AskedPicture file(JsonParser parser, String name, String field)
      throws IOException {
    JsonReading.need(parser, JsonToken.VALUE_STRING, field, "a picture file in base64");
    try {
      return AskedPicture.ofFile(name, parser.getBinaryValue(BASE64));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          field + " must be a picture file in base64, got other characters", e);
    }
  }

  /**
   * Rows of columns of channels, or of gray; one pass, no list of lists. The first token of the
   * list is at hand.
   */
  private static AskedPicture pixels(JsonParser parser, String name, String field)
      throws IOException {
    PixelLevels levels = new PixelLevels(field);
    int width = -1;
    int channels = -1;
    int height = 0;
    for (JsonToken token = parser.currentToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      JsonReading.need(parser, JsonToken.START_ARRAY, field, "rows of columns of channels");
      int columns = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int values = pixel(parser, levels, field);
        if (channels >= 0 && values != channels) {
          throw new InvalidInputException(
              "%s must have as many channels everywhere, got %s and %s at row %s, column %s"
                  .formatted(field, channels, values, height, columns));
        }
        channels = values;
        columns++;
      }
      if (width >= 0 && columns != width) {
        throw new InvalidInputException(
            "%s must have rows of one length, got %s and %s at row %s"
                .formatted(field, width, columns, height));
      }
      width = columns;
      height++;
    }
    if (width < 1 || channels < 1) {
      throw new InvalidInputException(field + " must have at least one pixel, got none");
    }
    return AskedPicture.ofPixels(name, levels.image(field, 0, width, height, channels, false));
  }

  /** The number of values of a pixel; 1 where it is a number. */
  private static int pixel(JsonParser parser, PixelLevels levels, String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      levels.add(JsonReading.number(parser, field));
      return 1;
    }
    int values = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      levels.add(JsonReading.number(parser, field));
      values++;
    }
    return values;
  }
}
