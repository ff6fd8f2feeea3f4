package dev.quicklime.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.Versions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.Look;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.fidelity.Verdict;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.PlacedSegments;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Surrogate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as JSON, without the samples, which {@link RunArchive} writes.
 *
 * <p>An object of {@code schema} (see {@link JsonSchema}), {@code quicklime} (version), {@code
 * image}, {@code model}, {@code parameters} (number or null), {@code width} and {@code height} of
 * the picture, {@code segments} d, {@code samples} (rows drawn besides the original), {@code
 * target} (what was explained), {@code outputs} (of the model), {@code scores} (the best classes),
 * {@code superpixels} (runs of labels and lengths over the picture's rows), {@code classes}, {@code
 * notices}, {@code timings} in milliseconds and {@code provenance}. A class has {@code index},
 * {@code label}, {@code score}, {@code probability}, {@code intercept}, {@code localPrediction},
 * {@code localTarget} (the target of the picture among its samples, in their number format, which
 * the prediction stands beside), {@code r2}, {@code alpha}, {@code coefficients} (d numbers),
 * {@code standardErrors} (d numbers or null), {@code margins} (how far the 95 % intervals reach to
 * either side, d numbers or null), {@code withoutErrors} (why there are none, or null), {@code gap}
 * (of a best subset, else null), {@code selected} (superpixels of a weight other than 0, the
 * largest first), {@code notices}, {@code verdict} and {@code leastSquares} (where the surrogate
 * has no intervals of its own, what least squares make of the same samples: {@code coefficients}
 * and {@code margins}, else null). Where fidelity was measured, a class has the figures of {@link
 * ClassFidelity} in {@code fidelity}, and the whole has {@code heldOut}, {@code seeds}, {@code
 * curves} (their target), {@code forwards} and {@code milliseconds} in its own. With Grad-CAM
 * beside it, a class has a {@code gradcam} with the map's {@code means} over the superpixels (d
 * numbers), {@code rankCorrelation}, {@code topAreas}, its own areas {@code deletion} and {@code
 * insertion} and those of the explanation, {@code limeDeletion} and {@code limeInsertion}, {@code
 * largest} (of the map) and {@code notices}; and the whole has {@code layer}, {@code target},
 * {@code curves}, {@code topShare} and {@code milliseconds}. A number that is undefined is null:
 * neither NaN nor an infinity is ever written.
 */
public final class ExplanationJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ExplanationJson() {}

  /**
   * The explanation as text.
   *
   * @param image what the picture is called
   */
  public static String toJson(String image, Explanation explanation) {
    return toJson(image, explanation, null, null);
  }

  /**
   * The explanation as text, how far it can be trusted, and Grad-CAM beside it.
   *
   * @param image what the picture is called
   * @param fidelity of this explanation, or null where it was not measured
   * @param beside Grad-CAM of the same classes, or null
   */
  public static String toJson(
      String image,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(explanation, "explanation");
    return text(tree(image, explanation, fidelity, beside, null));
  }

  private static String text(ObjectNode tree) {
    try {
      return MAPPER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation could not be turned into JSON", e);
    }
  }

  /**
   * Writes the explanation to a file, in UTF-8, over what is there.
   *
   * @param image what the picture is called
   * @throws IOException if the file cannot be written
   */
  public static void write(String image, Explanation explanation, Path file) throws IOException {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(file, "file");
    write(image, explanation, null, null, file);
  }

  /**
   * The same, how far the explanation can be trusted, and Grad-CAM beside it.
   *
   * @param image what the picture is called
   * @param fidelity of this explanation, or null where it was not measured
   * @param beside Grad-CAM of the same classes, or null
   * @throws IOException if the file cannot be written
   */
  public static void write(
      String image,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      Path file)
      throws IOException {
    write(image, explanation, fidelity, beside, null, file);
  }

  /**
   * The same, and which files went into it.
   *
   * @param image what the picture is called
   * @param fidelity of this explanation, or null where it was not measured
   * @param beside Grad-CAM of the same classes, or null
   * @param inputs for {@code provenance.inputs}, or null where they are not known
   * @throws IOException if the file cannot be written
   */
  public static void write(
      String image,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      @Nullable RunInputs inputs,
      Path file)
      throws IOException {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(file, "file");
    Files.writeString(file, text(tree(image, explanation, fidelity, beside, inputs)));
  }

  /**
   * The explanation as a tree of its own, for whoever adds to it.
   *
   * @param image what the picture is called
   */
  public static ObjectNode tree(String image, Explanation explanation) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(explanation, "explanation");
    return tree(image, explanation, null, null, null);
  }

  private static ObjectNode tree(
      String image,
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      @Nullable RunInputs inputs) {
    Provenance provenance = explanation.provenance();
    ObjectNode root = NODES.objectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("image", image);
    root.put("model", provenance.model().name());
    root.put("parameters", provenance.model().parameters());
    root.put("width", explanation.picture().width());
    root.put("height", explanation.picture().height());
    root.put("segments", explanation.segments().count());
    root.put("samples", explanation.samples().rows() - 1);
    root.put("target", explanation.target().name().toLowerCase(Locale.ROOT));
    root.put("outputs", explanation.outputs());
    Stopping stopping = explanation.stopping();
    if (stopping != null) {
      putStopping(root.putObject("stop"), stopping);
    }
    ArrayNode scores = root.putArray("scores");
    explanation.scores().forEach(scored -> putScore(scores.addObject(), scored));
    putSuperpixels(root.putObject("superpixels"), explanation);
    ArrayNode classes = root.putArray("classes");
    List<LinearFit> leastSquares = explanation.leastSquares();
    for (int c = 0; c < explanation.classes().size(); c++) {
      ObjectNode node = classes.addObject();
      putClass(node, explanation.classes().get(c));
      node.set("localTarget", number(explanation.localTarget(c)));
      node.set(
          "verdict",
          verdict(
              explanation.verdict(
                  c, fidelity == null ? null : fidelity.classes().get(c).heldOutR2())));
      node.set("leastSquares", leastSquares(leastSquares.isEmpty() ? null : leastSquares.get(c)));
      if (fidelity != null) {
        FidelityJson.put(node.putObject("fidelity"), fidelity.classes().get(c));
      }
      if (beside != null) {
        CamJson.put(node.putObject("gradcam"), beside, c);
      }
    }
    if (fidelity != null) {
      FidelityJson.put(root.putObject("fidelity"), fidelity);
    }
    if (beside != null) {
      CamJson.put(root.putObject("gradcam"), beside);
    }
    putTexts(root.putArray("notices"), explanation.notices());
    putTimings(root.putObject("timings"), explanation.timings());
    ObjectNode made = root.putObject("provenance");
    putProvenance(made, provenance);
    if (inputs != null) {
      made.set("inputs", inputs.json());
    }
    return root;
  }

  /** Runs of equal labels at the picture's own size, row after row, each a label and a length. */
  private static void putSuperpixels(ObjectNode node, Explanation explanation) {
    PlacedSegments placed = explanation.superpixels();
    node.put("width", placed.width());
    node.put("height", placed.height());
    ArrayNode runs = node.putArray("runs");
    for (int value : placed.runs()) {
      runs.add(value);
    }
  }

  private static void putStopping(ObjectNode node, Stopping stopping) {
    node.put("bound", stopping.bound());
    node.put("errorBound", stopping.errorBound());
    node.put("limit", stopping.limit());
    node.put("samples", stopping.last().samples());
    node.put("met", stopping.met());
    node.set("reached", number(stopping.last().reached()));
    node.set("reachedByClass", numbers(stopping.reached()));
    node.set("largestError", number(stopping.last().largestError()));
    node.set("largestErrorByClass", numbers(stopping.largestErrors()));
    node.put("strongest", stopping.strongest());
    ArrayNode looks = node.putArray("looks");
    for (Look look : stopping.looks()) {
      ObjectNode one = looks.addObject();
      one.put("samples", look.samples());
      one.set("reached", number(look.reached()));
      one.set("largestError", number(look.largestError()));
      one.set("kept", number(look.kept()));
    }
  }

  private static void putScore(ObjectNode node, ScoredClass scored) {
    node.put("index", scored.index());
    node.put("label", scored.label());
    node.set("score", number(scored.score()));
    node.set("probability", number(scored.probability()));
  }

  /** A surrogate and its hyper-parameters, as in {@code provenance.options}. */
  public static JsonNode options(Surrogate surrogate) {
    Objects.requireNonNull(surrogate, "surrogate");
    return OptionsJson.of(surrogate);
  }

  /** What an explanation was made with, as in {@code provenance}. */
  public static ObjectNode provenance(Provenance provenance) {
    Objects.requireNonNull(provenance, "provenance");
    ObjectNode node = NODES.objectNode();
    putProvenance(node, provenance);
    return node;
  }

  /** What a class has of its fit. */
  public static JsonNode fit(LinearFit fit) {
    Objects.requireNonNull(fit, "fit");
    ObjectNode node = NODES.objectNode();
    putFit(node, fit);
    return node;
  }

  static JsonNode verdict(@Nullable Verdict verdict) {
    if (verdict == null) {
      return NODES.nullNode();
    }
    ObjectNode node = NODES.objectNode();
    node.put("follows", verdict.follows().word());
    node.put("words", verdict.words());
    node.set("r2", number(verdict.r2()));
    node.put("r2Of", verdict.heldOut() ? "held-out" : "adjusted");
    node.set("localError", number(verdict.localError()));
    node.set("margin", number(verdict.margin()));
    return node;
  }

  private static JsonNode leastSquares(@Nullable LinearFit fit) {
    if (fit == null || !(fit.intervals() instanceof Intervals.Margins margins)) {
      return NODES.nullNode();
    }
    ObjectNode node = NODES.objectNode();
    node.set("coefficients", numbers(fit.coefficients()));
    node.set("margins", numbers(margins.halfWidths()));
    return node;
  }

  private static void putClass(ObjectNode node, ClassExplanation explained) {
    putScore(node, explained.scored());
    putFit(node, explained.fit());
  }

  private static void putFit(ObjectNode node, LinearFit fit) {
    node.set("intercept", number(fit.intercept()));
    node.set("localPrediction", number(fit.localPrediction()));
    node.set("r2", number(fit.r2()));
    node.set("alpha", number(fit.alpha()));
    node.set("coefficients", numbers(fit.coefficients()));
    switch (fit.intervals()) {
      case Intervals.Margins margins -> {
        node.set("standardErrors", numbers(margins.standardErrors()));
        node.set("margins", numbers(margins.halfWidths()));
        node.putNull("withoutErrors");
      }
      case Intervals.None(String reason) -> {
        node.putNull("standardErrors");
        node.putNull("margins");
        node.put("withoutErrors", reason);
      }
    }
    node.set("gap", number(fit.gap()));
    ArrayNode selected = node.putArray("selected");
    fit.selected().forEach(selected::add);
    putTexts(node.putArray("notices"), fit.notices());
  }

  private static void putTimings(ObjectNode node, Timings timings) {
    for (Stage stage : Stage.ofPictures()) {
      node.set(stage.key(), number(timings.of(stage)));
    }
    node.set("total", number(timings.total()));
  }

  private static void putProvenance(ObjectNode node, Provenance provenance) {
    node.set("options", OptionsJson.of(provenance.options()));
    node.put("seed", provenance.options().seed());
    ObjectNode versions = node.putObject("versions");
    new TreeMap<>(provenance.versions()).forEach(versions::put);
    node.put("device", provenance.model().device());
    node.put("precision", provenance.model().precision());
    node.put("originalPrecision", provenance.model().originalPrecision());
    node.put("threads", provenance.model().threads());
    node.put("cpu", provenance.cpu());
    node.put("runtime", provenance.model().runtime());
    node.put("batch", provenance.batch());
    node.put("output", provenance.model().output());
    node.set("input", InputJson.of(provenance.preprocessing()));
    node.put("preprocessing", provenance.preprocessing().toString());
    node.put("kernels", provenance.kernels());
    putTexts(node.putArray("decisions"), provenance.model().decisions());
  }

  static void putTexts(ArrayNode node, List<String> texts) {
    texts.forEach(node::add);
  }

  static JsonNode numbers(@Nullable List<Double> values) {
    if (values == null) {
      return NODES.nullNode();
    }
    ArrayNode array = NODES.arrayNode(values.size());
    values.forEach(value -> array.add(number(value)));
    return array;
  }

  static JsonNode number(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? NODES.nullNode() : NODES.numberNode(value);
  }
}
