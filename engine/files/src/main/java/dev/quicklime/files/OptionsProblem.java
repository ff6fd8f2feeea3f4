package dev.quicklime.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with options that were read from JSON, in one line. */
final class OptionsProblem {

  private OptionsProblem() {}

  /**
   * The place within the file, the rule, and what was got.
   *
   * @param options where they were read from
   */
  static String of(JacksonException e, JsonFields options) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidInputException own) {
        // A value outside of its range, which says so itself.
        return place(e, options) + ": " + own.getMessage();
      }
    }
    if (e instanceof UnrecognizedPropertyException) {
      return "%s is not known to Quicklime %s, and may matter: take the version that wrote it"
          .formatted(place(e, options), Versions.quicklime());
    }
    JsonNode got = node(e, options);
    if (e instanceof InvalidTypeIdException type) {
      return "%s must have a type that Quicklime %s knows, got %s"
          .formatted(place(e, options), Versions.quicklime(), type.getTypeId());
    }
    return "%s must be %s, got %s".formatted(place(e, options), rule(e), JsonFields.shown(got));
  }

  private static String rule(JacksonException e) {
    @Nullable Class<?> type =
        e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    if (type == int.class || type == long.class || type == Integer.class) {
      return "a whole number in its range";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type != null && type.isEnum()) {
      return "one of the words that Quicklime %s knows".formatted(Versions.quicklime());
    }
    return "there, whole and of its kind";
  }

  private static List<JsonMappingException.Reference> path(JacksonException e) {
    return e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
  }

  private static String place(JacksonException e, JsonFields options) {
    StringBuilder place = new StringBuilder(options.place());
    for (JsonMappingException.Reference step : path(e)) {
      if (step.getFieldName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append('.').append(step.getFieldName());
      }
    }
    return place.toString();
  }

  private static JsonNode node(JacksonException e, JsonFields options) {
    JsonNode node = options.node();
    for (JsonMappingException.Reference step : path(e)) {
      node =
          step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
    }
    return node == null ? MissingNode.getInstance() : node;
  }
}
