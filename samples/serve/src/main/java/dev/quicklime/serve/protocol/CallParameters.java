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
 * @param layer that Grad-CAM attributes to, or null for the one that it finds
 * @param timeout what {@code timeout_ms} allows, or null where nothing is said
 */
public record CallParameters(
    ObjectNode options,
    Set<FigureKind> figures,
    @Nullable String layer,
    @Nullable Duration timeout) {

  private static final String FIELD = "parameters.";
  private static final String INCLUDE = "include";
  private static final String LAYER = "layer";
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
    JsonNode layer = options.remove(LAYER);
    JsonNode timeout = options.remove(TIMEOUT);
    Set<FigureKind> figures = figures(include);
    return new CallParameters(options, figures, layer(layer, figures), timeout(timeout));
  }

  private static @Nullable String layer(@Nullable JsonNode layer, Set<FigureKind> figures) {
    if (layer == null || layer.isNull()) {
      return null;
    }
    if (!layer.isTextual() || layer.asText().isBlank()) {
      throw new InvalidInputException(FIELD + LAYER + " must be the name of a layer, got " + layer);
    }
    if (!figures.contains(FigureKind.GRADCAM)) {
      throw new InvalidInputException(
          "%s%s goes with gradcam in %s%s".formatted(FIELD, LAYER, FIELD, INCLUDE));
    }
    return layer.asText();
  }

  private static Set<FigureKind> figures(@Nullable JsonNode include) {
    Set<FigureKind> figures = EnumSet.noneOf(FigureKind.class);
    if (include == null || include.isNull()) {
      return figures;
    }
    if (!include.isArray()) {
      throw new InvalidInputException(
          FIELD + INCLUDE + " must be a list of heatmap, overlay, labels, gradcam, got " + include);
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
