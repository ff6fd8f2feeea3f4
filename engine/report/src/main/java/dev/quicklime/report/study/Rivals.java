package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.model.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * How the weights and Grad-CAM's maps agree, and whose order of superpixels the model heeds more.
 *
 * @param correlations "0.51 for “star”", for the classes that have one
 * @param classes how many are compared
 * @param deletion for how many the weights have the smaller area under deletion
 * @param deletionOfMap for how many the map has
 * @param insertion for how many the weights have the larger area under insertion
 * @param insertionOfMap for how many the map has
 */
record Rivals(
    List<String> correlations,
    int classes,
    int deletion,
    int deletionOfMap,
    int insertion,
    int insertionOfMap) {

  /** Areas that differ by a smaller share of the larger one count as equal. */
  private static final double EQUAL = 0.02;

  /** And so do those of probabilities that differ by less. */
  private static final double LEAST = 0.01;

  static Rivals of(Explanation explanation, SideBySide beside) {
    List<String> correlations = new ArrayList<>();
    int[] won = new int[4];
    double least = beside.comparison().curves() == Target.LOGIT ? 0 : LEAST;
    List<ClassComparison> found = beside.comparison().classes();
    for (int c = 0; c < found.size(); c++) {
      ClassExplanation explained = explanation.classes().get(c);
      ClassComparison each = found.get(c);
      Double correlation = each.rankCorrelation();
      if (correlation != null) {
        correlations.add(
            Say.fixed(correlation, 2) + " for " + Say.quoted(explained.scored().label()));
      }
      won[0] += smaller(each.deletion(), each.mapDeletion(), least) ? 1 : 0;
      won[1] += smaller(each.mapDeletion(), each.deletion(), least) ? 1 : 0;
      won[2] += smaller(each.mapInsertion(), each.insertion(), least) ? 1 : 0;
      won[3] += smaller(each.insertion(), each.mapInsertion(), least) ? 1 : 0;
    }
    return new Rivals(correlations, found.size(), won[0], won[1], won[2], won[3]);
  }

  static boolean smaller(double one, double other, double least) {
    double apart = other - one;
    return apart > least && apart > EQUAL * Math.max(Math.abs(one), Math.abs(other));
  }

  String say() {
    List<String> sentences = new ArrayList<>();
    if (!correlations.isEmpty()) {
      sentences.add(
          "The weights and Grad-CAM's map have a rank correlation of %s."
              .formatted(Say.list(correlations)));
    }
    sentences.add(areas());
    return String.join(" ", sentences);
  }

  /** Whose order does better, in a sentence. */
  String areas() {
    return "The area under deletion is %s, that under insertion %s."
        .formatted(
            judged("smaller", deletion, deletionOfMap),
            judged("larger", insertion, insertionOfMap));
  }

  private String judged(String better, int weights, int map) {
    if (weights == 0 && map == 0) {
      return "about equal" + (classes == 1 ? "" : " for all classes");
    }
    if (classes == 1) {
      return "%s by the order of the %s".formatted(better, weights == 1 ? "weights" : "map");
    }
    if (weights == classes || map == classes) {
      return "%s by the order of the %s for all %s classes"
          .formatted(better, map == 0 ? "weights" : "map", Say.number(classes));
    }
    String equal = weights + map == classes ? "" : ", and about equal for the rest";
    if (weights == 0 || map == 0) {
      return "%s by the order of the %s for %s of %s classes%s"
          .formatted(
              better,
              map == 0 ? "weights" : "map",
              Say.number(weights + map),
              Say.number(classes),
              equal);
    }
    return "%s by the order of the weights for %s of %s classes, by that of the map for %s%s"
        .formatted(better, Say.number(weights), Say.number(classes), Say.number(map), equal);
  }

  /** All classes of two pictures. */
  Rivals plus(Rivals other) {
    return new Rivals(
        List.of(),
        classes + other.classes,
        deletion + other.deletion,
        deletionOfMap + other.deletionOfMap,
        insertion + other.insertion,
        insertionOfMap + other.insertionOfMap);
  }
}
