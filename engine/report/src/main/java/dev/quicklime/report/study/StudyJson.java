package dev.quicklime.report.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.Versions;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.JsonSchema;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.statistics.SampleNumbers;
import dev.quicklime.report.statistics.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the numbers and sentences of a study for programs; what is undefined is null. */
final class StudyJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** How many superpixels of each class are listed. */
  private static final int STRONGEST = 10;

  private StudyJson() {}

  static void write(String preset, List<StudiedPicture> pictures, Path file) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("preset", preset);
    root.put("model", pictures.getFirst().explanation().provenance().model().name());
    strings(root.putArray("prose"), Prose.ofStudy(pictures));
    ArrayNode all = root.putArray("pictures");
    for (StudiedPicture studied : pictures) {
      picture(all.addObject(), studied);
    }
    MAPPER.writeValue(file.toFile(), root);
  }

  private static void picture(ObjectNode node, StudiedPicture studied) {
    Explanation explanation = studied.explanation();
    node.put("name", studied.name());
    node.put("picture", studied.picture().toString());
    node.put("folder", studied.folder());
    node.put("superpixels", explanation.segments().count());
    node.put("samples", explanation.samples().rows() - 1);
    ClassifierInfo model = explanation.provenance().model();
    node.put("precision", model.precision());
    node.put("originalPrecision", model.originalPrecision());
    strings(node.putArray("prose"), Prose.ofPicture(studied));
    ArrayNode classes = node.putArray("classes");
    for (int c = 0; c < explanation.classes().size(); c++) {
      explained(classes.addObject(), studied, c);
    }
    ArrayNode shared = node.putArray("shared");
    for (Sharing.Pair pair : Sharing.of(explanation).pairs()) {
      ObjectNode both = shared.addObject();
      both.putArray("classes").add(pair.first()).add(pair.second());
      ArrayNode superpixels = both.putArray("superpixels");
      pair.shared().forEach(superpixels::add);
      both.put("opposed", pair.opposed());
    }
    ArrayNode profile = node.putArray("profile");
    for (ProfileRow row : studied.profile()) {
      ObjectNode each = profile.addObject();
      each.put("class", row.setting().classIndex());
      each.put("samples", row.setting().samples());
      each.put("seed", row.setting().seed());
      number(each, "error", row.quality().error());
      number(each, "heldOutR2", row.quality().heldOutR2());
      number(each, "trainingR2", row.quality().trainingR2());
    }
  }

  private static void explained(ObjectNode node, StudiedPicture studied, int position) {
    Explanation explanation = studied.explanation();
    ClassExplanation explained = explanation.classes().get(position);
    Fidelity fidelity = studied.fidelity();
    SideBySide beside = studied.beside();
    node.put("index", explained.scored().index());
    node.put("label", explained.scored().label());
    node.put("score", explained.scored().score());
    node.put("probability", explained.scored().probability());
    number(node, "r2", explained.fit().r2());
    node.put("localPrediction", explained.fit().localPrediction());
    double localTarget = explanation.localTarget(position);
    node.put("localTarget", localTarget);
    node.put("localPredictionError", Math.abs(explained.fit().localPrediction() - localTarget));
    if (explanation.samples().rows() > 1) {
      SampleNumbers numbers = new SampleNumbers(explanation);
      spread(node.putObject("scores"), Spread.of(numbers.scores(position)));
      spread(node.putObject("losses"), Spread.of(numbers.losses(position)));
    } else {
      node.putNull("scores");
      node.putNull("losses");
    }
    ArrayNode strongest = node.putArray("strongest");
    explained.fit().selected().stream()
        .limit(STRONGEST)
        .forEach(
            superpixel -> {
              ObjectNode each = strongest.addObject();
              each.put("superpixel", superpixel);
              each.put("weight", explained.fit().coefficients().get(superpixel));
              number(each, "margin", explained.fit().margin(superpixel));
            });
    fidelity(node, fidelity == null ? null : fidelity.classes().get(position));
    gradcam(node, beside == null ? null : beside.comparison().classes().get(position));
  }

  /** JSON has no word for what is not finite. */
  private static void number(ObjectNode node, String name, @Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }

  private static void spread(ObjectNode node, Spread spread) {
    node.put("count", spread.count());
    node.put("mean", spread.mean());
    node.put("standardDeviation", spread.standardDeviation());
    node.put("p5", spread.low());
    node.put("p25", spread.quartile1());
    node.put("p50", spread.median());
    node.put("p75", spread.quartile3());
    node.put("p95", spread.high());
  }

  private static void fidelity(ObjectNode node, @Nullable ClassFidelity found) {
    if (found == null) {
      node.putNull("fidelity");
      return;
    }
    ObjectNode each = node.putObject("fidelity");
    number(each, "heldOutR2", found.heldOutR2());
    number(each, "infidelity", found.infidelity());
    number(each, "deletion", found.deletion());
    number(each, "insertion", found.insertion());
    number(each, "vsi", found.vsi());
    number(each, "csi", found.csi());
    number(each, "jaccard", found.jaccard());
    number(each, "kendall", found.kendall());
  }

  private static void gradcam(ObjectNode node, @Nullable ClassComparison found) {
    if (found == null) {
      node.putNull("gradcam");
      return;
    }
    ObjectNode each = node.putObject("gradcam");
    number(each, "rankCorrelation", found.rankCorrelation());
    number(each, "topAreas", found.topAreas());
    each.put("deletion", found.mapDeletion());
    each.put("insertion", found.mapInsertion());
  }

  private static void strings(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
