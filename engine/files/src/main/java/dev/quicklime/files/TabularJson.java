package dev.quicklime.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Environment;
import dev.quicklime.Versions;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.Feature;
import dev.quicklime.tabular.TabularClass;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularFit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes explanations of rows for programs. What is not known is null, never NaN. */
public final class TabularJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TabularJson() {}

  /**
   * An explanation as a JSON object.
   *
   * @param data name of the table
   * @param row which of its rows was explained, from 0
   * @param others further surrogates of the same samples, for each its fits to all classes
   */
  public static String of(
      TabularExplanation explanation, String data, int row, List<List<TabularFit>> others) {
    try {
      return MAPPER.writeValueAsString(tree(explanation, data, row, others)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation could not be written as JSON", e);
    }
  }

  /**
   * The same as a tree, which belongs to the caller.
   *
   * @param data name of the table
   * @param row which of its rows was explained, from 0
   * @param others further surrogates of the same samples, for each its fits to all classes
   */
  public static ObjectNode tree(
      TabularExplanation explanation, String data, int row, List<List<TabularFit>> others) {
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(others, "others");
    ObjectNode root = NODES.objectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("data", data);
    root.put("row", row);
    root.put("model", explanation.model().name());
    root.put("samples", explanation.samples().rows() - 1);
    root.put("width", explanation.samples().width());
    root.put("target", explanation.target().name().toLowerCase(Locale.ROOT));
    ArrayNode features = root.putArray("features");
    explanation.features().forEach(feature -> features.add(feature(feature)));
    ArrayNode classes = root.putArray("classes");
    for (int c = 0; c < explanation.classes().size(); c++) {
      TabularClass explained = explanation.classes().get(c);
      ObjectNode node = classes.addObject();
      node.put("index", explained.scored().index());
      node.put("label", explained.scored().label());
      node.set("score", number(explained.scored().score()));
      node.set("probability", number(explained.scored().probability()));
      node.set("value", number(explained.value()));
      putFit(node, explained.fit(), explanation.features());
      node.set("verdict", ExplanationJson.verdict(explanation.verdict(c)));
      ArrayNode comparison = node.putArray("comparison");
      for (List<TabularFit> other : others) {
        ObjectNode one = comparison.addObject();
        putFit(one, other.get(c), explanation.features());
      }
    }
    putTimings(root.putObject("timings"), explanation.timings());
    explanation.notices().forEach(root.putArray("notices")::add);
    putProvenance(root.putObject("provenance"), explanation);
    return root;
  }

  private static ObjectNode feature(Feature feature) {
    ObjectNode node = NODES.objectNode();
    node.put("name", feature.name());
    node.put("value", feature.value());
    node.set("number", number(feature.number()));
    node.put("kind", feature.categorical() ? "categorical" : "numeric");
    node.set(
        "deviation",
        feature.fixed() || feature.categorical() ? NODES.nullNode() : number(feature.deviation()));
    node.put("fixed", feature.fixed());
    return node;
  }

  private static void putFit(ObjectNode node, TabularFit fit, List<Feature> features) {
    node.set("surrogate", OptionsJson.of(fit.surrogate()));
    node.set("intercept", number(fit.intercept()));
    node.set("localPrediction", number(fit.localPrediction()));
    node.set("r2", number(fit.r2()));
    node.set("alpha", number(fit.fit().alpha()));
    node.set("gap", number(fit.fit().gap()));
    node.put(
        "withoutErrors", fit.fit().intervals() instanceof Intervals.None(String why) ? why : null);
    ArrayNode effects = node.putArray("features");
    for (Effect effect : fit.effects()) {
      ObjectNode one = effects.addObject();
      Feature feature = features.get(effect.feature());
      one.put("name", feature.name());
      one.put("value", feature.value());
      one.set("coefficient", number(effect.coefficient()));
      one.set("standardError", number(effect.standardError()));
      one.set("interval", interval(effect.coefficient(), effect.margin()));
      one.set("perDeviation", number(effect.perDeviation()));
      one.set("standardErrorPerDeviation", number(effect.standardErrorPerDeviation(feature)));
      one.set(
          "intervalPerDeviation",
          interval(effect.perDeviation(), effect.marginPerDeviation(feature)));
      one.put("selected", effect.selected());
    }
    fit.fit().notices().forEach(node.putArray("notices")::add);
  }

  private static JsonNode interval(double value, @Nullable Double margin) {
    if (margin == null) {
      return NODES.nullNode();
    }
    return NODES.arrayNode().add(number(value - margin)).add(number(value + margin));
  }

  private static void putTimings(ObjectNode node, Timings timings) {
    node.put("draw", timings.of(Stage.DRAW));
    node.put("forward", timings.of(Stage.FORWARD));
    node.put("fit", timings.of(Stage.SURROGATE));
    node.put("total", timings.total());
  }

  private static void putProvenance(ObjectNode node, TabularExplanation explanation) {
    ClassifierInfo model = explanation.model();
    node.set("options", OptionsJson.of(explanation.options()));
    node.put("seed", explanation.options().seed());
    explanation.samples().inputs().forEach(node.putArray("inputs")::add);
    ObjectNode versions = node.putObject("versions");
    new TreeMap<>(Versions.all()).forEach(versions::put);
    node.put("runtime", model.runtime());
    node.put("device", model.device());
    node.put("precision", model.precision());
    node.put("threads", model.threads());
    node.put("cpu", Environment.cpu());
  }

  private static JsonNode number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? NODES.nullNode() : NODES.numberNode(value);
  }
}
