package dev.quicklime.cli.gradcam;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Versions;
import dev.quicklime.cam.CamMap;
import dev.quicklime.files.GradcamJson;
import dev.quicklime.files.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;

/**
 * What is known of a video's maps, for programs: as {@link GradcamJson} has it, with {@code frames}
 * and {@code rate} of the video, on average, and for each class its frames with the time at which
 * each is shown, in seconds, score, probability, and the {@code max} and {@code mean} of the
 * frame's map with the place of its peak, in places of the map.
 */
record VideoJson(
    GradcamPlan plan,
    VideoMaps maps,
    FrameTimes shownAt,
    SequencedMap<String, Double> times,
    SequencedMap<String, String> provenance) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  void write(String video, Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("video", video);
    root.put("model", String.valueOf(plan.model().file().getFileName()));
    root.put("width", maps.width());
    root.put("height", maps.height());
    root.put("frames", maps.frames());
    root.put("rate", shownAt.rate());
    root.set("layer", GradcamJson.of(maps.layer()));
    root.set("options", GradcamJson.of(plan.options()));
    ArrayNode classes = root.putArray("classes");
    for (int c = 0; c < maps.classes().size(); c++) {
      ObjectNode node = classes.addObject();
      int index = maps.classes().get(c);
      node.put("index", index);
      node.put("label", plan.model().labels().name(index));
      node.put("largest", maps.largest(c));
      ArrayNode frames = node.putArray("frames");
      for (int frame = 0; frame < maps.frames(); frame++) {
        put(frames.addObject(), frame, c);
      }
    }
    maps.notices().forEach(root.putArray("notices")::add);
    times.forEach(root.putObject("timings")::put);
    provenance.forEach(root.putObject("provenance")::put);
    Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
  }

  private void put(ObjectNode node, int frame, int position) {
    CamMap map = maps.map(frame, position);
    double[] values = maps.values(frame, position);
    int peak = 0;
    for (int i = 0; i < values.length; i++) {
      peak = values[i] > values[peak] ? i : peak;
    }
    node.put("time", shownAt.seconds().get(frame));
    node.put("score", map.score());
    node.put("probability", map.probability());
    node.put("max", values[peak]);
    node.put("mean", Arrays.stream(values).average().orElse(0));
    node.put("row", peak / map.width());
    node.put("column", peak % map.width());
  }
}
