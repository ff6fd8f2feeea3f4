package dev.quicklime.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import java.util.Locale;

/** What {@link ExplanationJson} says of Grad-CAM beside an explanation. */
final class CamJson {

  private CamJson() {}

  static void put(ObjectNode node, SideBySide beside) {
    node.put("layer", beside.result().layer().called());
    node.put("target", beside.options().target().name().toLowerCase(Locale.ROOT));
    node.put("curves", beside.comparison().curves().name().toLowerCase(Locale.ROOT));
    node.put("topShare", beside.comparison().topShare());
    node.put("forwards", beside.comparison().forwards());
    node.put("milliseconds", beside.milliseconds());
    ExplanationJson.putTexts(node.putArray("notices"), beside.result().notices());
  }

  static void put(ObjectNode node, SideBySide beside, int position) {
    ClassComparison found = beside.comparison().classes().get(position);
    CamMap map = beside.maps().get(position);
    node.set("means", ExplanationJson.numbers(found.means()));
    node.set("rankCorrelation", ExplanationJson.number(found.rankCorrelation()));
    node.set("topAreas", ExplanationJson.number(found.topAreas()));
    node.put("deletion", found.mapDeletion());
    node.put("insertion", found.mapInsertion());
    node.put("limeDeletion", found.deletion());
    node.put("limeInsertion", found.insertion());
    node.put("largest", map.largest());
    ExplanationJson.putTexts(node.putArray("notices"), map.notices());
  }
}
