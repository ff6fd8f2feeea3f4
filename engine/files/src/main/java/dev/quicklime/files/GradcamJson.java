package dev.quicklime.files;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Versions;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.CamStatistics;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What is known of a picture's maps, for programs: {@code quicklime}, {@code image}, {@code model},
 * {@code width} and {@code height} of the picture, the {@code layer}, the {@code options}, the
 * {@code classes} with score, probability and the map's statistics, {@code notices}, {@code
 * timings} in milliseconds and {@code provenance}. A peak's {@code x} and {@code y} are pixels of
 * the picture.
 *
 * @param model name of the model's file
 * @param input what the model expects of pictures
 * @param labels names of the classes
 * @param options how maps are computed
 */
public record GradcamJson(String model, Preprocessing input, Labels labels, CamOptions options) {

  /** Refuses what is missing. */
  public GradcamJson {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(options, "options");
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Writes the file, over what is there.
   *
   * @param image what the picture is called
   * @param picture that is mapped
   * @param result its maps, those of the first picture
   * @param milliseconds times by what took them
   * @param provenance what the maps were made with
   * @throws IOException if the file cannot be written
   */
  public void write(
      String image,
      Image picture,
      CamResult result,
      SequencedMap<String, Double> milliseconds,
      SequencedMap<String, String> provenance,
      Path file)
      throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("image", image);
    root.put("model", model);
    root.put("width", picture.width());
    root.put("height", picture.height());
    root.set("layer", of(result.layer()));
    root.set("options", of(options));
    ArrayNode classes = root.putArray("classes");
    for (CamMap map : result.first()) {
      classes.add(tree(map, picture));
    }
    result.notices().forEach(root.putArray("notices")::add);
    milliseconds.forEach(root.putObject("timings")::put);
    provenance.forEach(root.putObject("provenance")::put);
    Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
  }

  /** What is known of a layer: names, operation, size, and how it was found. */
  public static ObjectNode of(CamLayer layer) {
    Objects.requireNonNull(layer, "layer");
    ObjectNode node = MAPPER.createObjectNode();
    node.put("name", layer.called());
    node.put("value", layer.name());
    node.put("operation", layer.operation());
    node.put("channels", layer.channels());
    node.put("frames", layer.frames());
    node.put("height", layer.height());
    node.put("width", layer.width());
    node.put("tokens", layer.tokens());
    node.put("automatic", layer.automatic());
    return node;
  }

  /** How maps are computed, in words of lower case with hyphens. */
  public static ObjectNode of(CamOptions options) {
    Objects.requireNonNull(options, "options");
    ObjectNode node = MAPPER.createObjectNode();
    node.put("target", word(options.target()));
    node.put("alphaNormalization", word(options.normalization()));
    node.put("frameWeights", word(options.frames()));
    return node;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What is known of one map, as an element of {@code classes}; it belongs to the caller.
   *
   * @param picture that is mapped
   */
  public ObjectNode tree(CamMap map, Image picture) {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(picture, "picture");
    ObjectNode node = MAPPER.createObjectNode();
    Placement placement = input.placement(picture.width(), picture.height());
    node.put("index", map.index());
    node.put("label", labels.name(map.index()));
    node.put("score", map.score());
    node.put("probability", map.probability());
    CamStatistics statistics = CamStatistics.of(map);
    ObjectNode values = node.putObject("map");
    values.put("min", statistics.min());
    values.put("max", statistics.max());
    values.put("mean", statistics.mean());
    ObjectNode peak = values.putObject("peak");
    peak.put("row", statistics.row());
    peak.put("column", statistics.column());
    peak.put("x", statistics.x(map, placement, input.width()));
    peak.put("y", statistics.y(map, placement, input.height()));
    map.notices().forEach(node.putArray("notices")::add);
    return node;
  }
}
