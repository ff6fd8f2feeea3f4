package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.model.AskedRow;
import dev.quicklime.serve.model.AskedRow.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows of tables. What Python writes for a missing number, NaN, is no JSON; it is read here
 * all the same, so that its cell can be named.
 */
final class RowReading {

  private static final JsonParser.Feature NAN =
      JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature();

  private RowReading() {}

  /** The first token of a list that may be a row. */
  static JsonToken first(JsonParser parser) throws IOException {
    parser.enable(NAN);
    JsonToken token = parser.nextToken();
    parser.disable(NAN);
    return token;
  }

  /** The value of the field {@code row}, a list or an object. */
  static AskedRow row(JsonParser parser, String name, String field) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      first(parser);
      return list(parser, name, field);
    }
    JsonReading.need(
        parser, JsonToken.START_OBJECT, field, "a list of cells, or an object of them by column");
    List<String> columns = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    parser.enable(NAN);
    for (String column = JsonReading.nextField(parser);
        column != null;
        column = JsonReading.nextField(parser)) {
      columns.add(column);
      cells.add(cell(parser, field + "." + column));
    }
    parser.disable(NAN);
    return row(name, field, columns, cells);
  }

  /** The cells of a list, the first token of which is at hand. */
  static AskedRow list(JsonParser parser, String name, String field) throws IOException {
    List<Cell> cells = new ArrayList<>();
    parser.enable(NAN);
    for (JsonToken token = parser.currentToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      cells.add(cell(parser, field + "[" + cells.size() + "]"));
    }
    parser.disable(NAN);
    return row(name, field, List.of(), cells);
  }

  private static AskedRow row(String name, String field, List<String> columns, List<Cell> cells) {
    if (cells.isEmpty()) {
      throw new InvalidInputException(field + " must have a cell for each column, got none");
    }
    return new AskedRow(name, field, columns, cells);
  }

  private static Cell cell(JsonParser parser, String place) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue(), place);
      case VALUE_STRING -> new AskedRow.TextCell(parser.getText());
      case null, default ->
          throw JsonReading.wrong(
              place, "a number or the name of a category", JsonReading.kind(token));
    };
  }

  private static Cell number(double value, String place) {
    if (!Double.isFinite(value)) {
      throw new InvalidInputException(
          "%s must be a finite number, got %s; fill in what is missing".formatted(place, value));
    }
    return new AskedRow.NumberCell(value);
  }
}
