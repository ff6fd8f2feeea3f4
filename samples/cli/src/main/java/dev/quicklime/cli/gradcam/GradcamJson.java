package dev.quicklime.cli.gradcam;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Versions;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.report.statistics.CamStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;

/**
 * What is known of a picture's maps, for programs: {@code quicklime}, {@code image}, {@code model},
 * {@code width} and {@code height} of the picture, the {@code layer}, the {@code options}, the
 * {@code classes} with score, probability and the map's statistics, {@code notices}, {@code
 * timings} in milliseconds and {@code provenance}. A peak's {@code x} and {@code y} are pixels of
 * the picture.
 */
record GradcamJson(
    GradcamPlan plan,
    CamResult result,
    SequencedMap<String, Double> times,
    SequencedMap<String, String> provenance) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  void write(String image, Image picture, Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("quicklime", Versions.quicklime());
    root.put("image", image);
    root.put("model", String.valueOf(plan.model().file().getFileName()));
    root.put("width", picture.width());
    root.put("height", picture.height());
    layer(root.putObject("layer"), result.layer());
    options(root.putObject("options"), plan.options());
    ArrayNode classes = root.putArray("classes");
    for (CamMap map : result.first()) {
      put(classes.addObject(), map, picture);
    }
    result.notices().forEach(root.putArray("notices")::add);
    times.forEach(root.putObject("timings")::put);
    provenance.forEach(root.putObject("provenance")::put);
    Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
  }

  static void layer(ObjectNode node, CamLayer layer) {
    node.put("name", layer.called());
    node.put("value", layer.name());
    node.put("operation", layer.operation());
    node.put("channels", layer.channels());
    node.put("frames", layer.frames());
    node.put("height", layer.height());
    node.put("width", layer.width());
    node.put("tokens", layer.tokens());
    node.put("automatic", layer.automatic());
  }

  static void options(ObjectNode node, CamOptions options) {
    node.put("target", Parse.word(options.target()));
    node.put("alphaNormalization", Parse.word(options.normalization()));
    node.put("frameWeights", Parse.word(options.frames()));
  }

  private void put(ObjectNode node, CamMap map, Image picture) {
    Preprocessing input = plan.model().input();
    Placement placement = input.placement(picture.width(), picture.height());
    node.put("index", map.index());
    node.put("label", plan.model().labels().name(map.index()));
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
  }
}
