package dev.quicklime.report.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Versions;
import dev.quicklime.files.JsonSchema;
import java.util.List;
import java.util.OptionalDouble;

/** Writes what a profile found for programs. What is not known is null, never NaN. */
final class ProfileJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private ProfileJson() {}

  static String of(ProfileSummary summary, ObjectNode settings, ObjectNode provenance)
      throws com.fasterxml.jackson.core.JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("pictures", summary.pictures());
    root.put("seeds", summary.seeds());
    root.set("settings", settings);
    ArrayNode targets = root.putArray("targets");
    summary.points().keySet().forEach(target -> targets.add(target(summary, target)));
    root.set("provenance", provenance);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static ObjectNode target(ProfileSummary summary, String target) {
    ProfileFindings findings = new ProfileFindings(summary);
    OptionalDouble wanted = summary.wanted(target);
    ObjectNode node = MAPPER.createObjectNode();
    node.put("target", target);
    node.put("sentence", findings.sentence(target));
    node.put("warning", findings.warning(target).orElse(null));
    put(node, "error", wanted.orElse(Double.NaN));
    put(node, "errorOfSamples", summary.wantedFrom(target).orElse(Double.NaN));
    ArrayNode designs = node.putArray("designs");
    for (String design : summary.designs()) {
      Curve curve = summary.curve(target, design);
      if (curve.isEmpty()) {
        continue;
      }
      ObjectNode one = designs.addObject();
      one.put("design", design);
      double error = wanted.orElse(Double.NaN);
      put(one, "samplesForError", curve.samplesFor(error).orElse(Double.NaN));
      put(one, "timesFewer", findings.timesFewer(target, design, error).orElse(Double.NaN));
      put(one, "referenceError", summary.uncertainty(target, design));
      one.set("points", points(curve.points()));
      Stops stops = summary.stops(target).get(design);
      if (stops != null) {
        ObjectNode stop = one.putObject("stop");
        put(stop, "bound", summary.bound());
        stop.put("runs", stops.runs());
        stop.put("unmet", stops.unmet());
        put(stop, "samples", stops.samples());
        put(stop, "error", stops.error());
        put(stop, "coverage", stops.coverage());
        put(stop, "leastCoverage", stops.each().least());
        put(stop, "mostCoverage", stops.each().most());
      }
    }
    return node;
  }

  private static ArrayNode points(List<Point> points) {
    ArrayNode list = MAPPER.createArrayNode();
    for (Point point : points) {
      ObjectNode one = list.addObject();
      one.put("samples", point.samples());
      put(one, "error", point.error());
      put(one, "heldOutR2", point.heldOutR2());
      put(one, "coverage", point.coverage());
      put(one, "leastCoverage", point.each().least());
      put(one, "mostCoverage", point.each().most());
      put(one, "likeness", point.likeness().mean());
      put(one, "deletion", point.deletion());
      put(one, "insertion", point.insertion());
      put(one, "seconds", point.seconds());
    }
    return list;
  }

  private static void put(ObjectNode node, String name, Band band) {
    if (band.isEmpty()) {
      node.putNull(name);
      return;
    }
    ObjectNode one = node.putObject(name);
    put(one, "mean", band.mean());
    put(one, "low", band.low());
    put(one, "high", band.high());
  }

  private static void put(ObjectNode node, String name, double value) {
    node.put(name, Double.isFinite(value) ? Double.valueOf(value) : null);
  }
}
