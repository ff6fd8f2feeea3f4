package dev.quicklime.bench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JMH's own JSON. */
public final class JmhJson {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private JmhJson() {}

  /**
   * Reads a file of results.
   *
   * @throws InvalidInputException if the file holds something else
   * @throws IOException if it cannot be read
   */
  public static List<BenchmarkFigure> read(Path file) throws IOException {
    JsonNode root;
    try {
      root = new JsonMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw foreign(file, "no JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isArray() || root.isEmpty()) {
      throw foreign(file, "no list of results", null);
    }
    List<BenchmarkFigure> figures = new ArrayList<>();
    for (JsonNode result : root) {
      figures.add(figure(file, result));
    }
    return figures;
  }

  private static BenchmarkFigure figure(Path file, JsonNode result) {
    JsonNode metric = result.path("primaryMetric");
    double score = number(metric.path("score"));
    if (!result.path("benchmark").isTextual()
        || !result.path("mode").isTextual()
        || !metric.path("scoreUnit").isTextual()
        || Double.isNaN(score)) {
      throw foreign(file, "a result without a benchmark, mode, score or unit", null);
    }
    Map<String, String> params = new LinkedHashMap<>();
    result.path("params").properties().forEach(p -> params.put(p.getKey(), p.getValue().asText()));
    JsonNode bytes = result.path("secondaryMetrics").path(ALLOCATED).path("score");
    return new BenchmarkFigure(
        result.path("benchmark").asText(),
        result.path("mode").asText(),
        params,
        score,
        number(metric.path("scoreError")),
        metric.path("scoreUnit").asText(),
        bytes.isNumber() ? Double.valueOf(bytes.asDouble()) : null);
  }

  /** JMH writes NaN as text. */
  private static double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }

  private static InvalidInputException foreign(Path file, String got, @Nullable Exception cause) {
    return new InvalidInputException(
        file + " must be a file of results as JMH writes them with -rf json, got " + got, cause);
  }
}
