package dev.quicklime.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import java.util.Locale;

/** What {@link ExplanationJson} says of how far an explanation can be trusted. */
final class FidelityJson {

  private FidelityJson() {}

  static void put(ObjectNode node, Fidelity fidelity) {
    node.put("heldOut", fidelity.heldOut());
    ArrayNode seeds = node.putArray("seeds");
    fidelity.seeds().forEach(seeds::add);
    node.put("curves", fidelity.curves().name().toLowerCase(Locale.ROOT));
    node.put("forwards", fidelity.forwards());
    node.set("milliseconds", ExplanationJson.number(fidelity.milliseconds()));
  }

  static void put(ObjectNode node, ClassFidelity fidelity) {
    node.set("heldOutR2", ExplanationJson.number(fidelity.heldOutR2()));
    node.set("localPredictionError", ExplanationJson.number(fidelity.localPredictionError()));
    node.set("infidelity", ExplanationJson.number(fidelity.infidelity()));
    node.set("deletion", ExplanationJson.number(fidelity.deletion()));
    node.set("insertion", ExplanationJson.number(fidelity.insertion()));
    node.set("deletionCurve", ExplanationJson.numbers(fidelity.deletionCurve()));
    node.set("insertionCurve", ExplanationJson.numbers(fidelity.insertionCurve()));
    node.set("vsi", ExplanationJson.number(fidelity.vsi()));
    node.set("csi", ExplanationJson.number(fidelity.csi()));
    node.set("jaccard", ExplanationJson.number(fidelity.jaccard()));
    node.set("kendall", ExplanationJson.number(fidelity.kendall()));
    node.put("strongest", fidelity.strongest());
  }
}
