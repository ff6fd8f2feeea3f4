package dev.quicklime.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.model.FigureKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, those of the service taken out of those of the explanation.
 *
 * @param options what is left, of the explanation
 * @param figures what {@code include} asks for
 * @param timeout what {@code timeout_ms} allows, or null where nothing is said
 */
public record CallParameters(
    ObjectNode options, Set<FigureKind> figures, @Nullable Duration timeout) {

  private static final String FIELD = "parameters.";
  private static final String INCLUDE = "include";
  private static final String TIMEOUT = "timeout_ms";

  /** Copies the set. */
  public CallParameters {
    Objects.requireNonNull(options, "options");
    figures = Set.copyOf(figures);
  }

  /**
   * Takes parameters apart.
   *
   * @throws InvalidInputException if one of the service's own is wrong
   */
  public static CallParameters of(ObjectNode parameters) {
    ObjectNode options = parameters.deepCopy();
    JsonNode include = options.remove(INCLUDE);
    JsonNode timeout = options.remove(TIMEOUT);
    return new CallParameters(options, figures(include), timeout(timeout));
  }

  private static Set<FigureKind> figures(@Nullable JsonNode include) {
    Set<FigureKind> figures = EnumSet.noneOf(FigureKind.class);
    if (include == null || include.isNull()) {
      return figures;
    }
    if (!include.isArray()) {
      throw new InvalidInputException(
          FIELD + INCLUDE + " must be a list of heatmap, overlay, labels, got " + include);
    }
    for (JsonNode one : include) {
      figures.add(FigureKind.of(FIELD + INCLUDE, one.isTextual() ? one.asText() : one.toString()));
    }
    return figures;
  }

  private static @Nullable Duration timeout(@Nullable JsonNode timeout) {
    if (timeout == null || timeout.isNull()) {
      return null;
    }
    if (!timeout.isIntegralNumber() || !timeout.canConvertToInt() || timeout.asInt() < 1) {
      throw new InvalidInputException(
          "%s%s must be a whole number of milliseconds between 1 and %s, got %s"
              .formatted(FIELD, TIMEOUT, Integer.MAX_VALUE, timeout));
    }
    return Duration.ofMillis(timeout.asInt());
  }
}
