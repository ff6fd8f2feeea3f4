package dev.quicklime.report.explanation;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.model.Target;
import dev.quicklime.report.explanation.ReportModel.BesideRow;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report says of Grad-CAM beside its explanation. */
final class BesideSection {

  private final Explanation explanation;
  private final SideBySide beside;

  BesideSection(Subject subject, SideBySide beside) {
    this.explanation = subject.explanation();
    this.beside = beside;
  }

  ReportModel.BesideView build() {
    List<BesideRow> rows = new ArrayList<>();
    for (int c = 0; c < beside.comparison().classes().size(); c++) {
      rows.add(row(explanation.classes().get(c), beside.comparison().classes().get(c)));
    }
    return new ReportModel.BesideView(caption(), reading(), rows, notices());
  }

  private BesideRow row(ClassExplanation explained, ClassComparison found) {
    return new BesideRow(
        explained.scored().label(),
        fixed(found.rankCorrelation()),
        fixed(found.topAreas()),
        area(found.deletion()),
        area(found.mapDeletion()),
        area(found.insertion()),
        area(found.mapInsertion()));
  }

  private String area(double area) {
    return beside.comparison().curves() == Target.LOGIT
        ? Numbers.significant(area, 3)
        : Numbers.fixed(area, 3);
  }

  private static String fixed(@Nullable Double value) {
    return value == null ? "–" : Numbers.fixed(value, 2);
  }

  private String caption() {
    return "Grad-CAM took %s, the explanation %s. Its maps are those of layer %s, %s × %s places."
        .formatted(
            Words.duration(beside.milliseconds()),
            Words.duration(explanation.timings().total()),
            beside.result().layer().called(),
            beside.result().layer().width(),
            beside.result().layer().height());
  }

  private List<String> reading() {
    return List.of(
        "Rank correlation (Spearman's, −1 to 1) compares the weights of all superpixels with the"
            + " map's means over them. Top areas is the intersection over union of the strongest"
            + " superpixels, a fifth of the picture, and as many of the map's strongest pixels.",
        "Deletion and insertion ask the model itself whose order it heeds more: a small area under"
            + " deletion and a large one under insertion are good. The map's order is that of its"
            + " means over the superpixels. Grad-CAM cannot speak against a class: what lowers the"
            + " score is cut off, and ends up last or in between at 0.");
  }

  private List<String> notices() {
    List<String> notices = new ArrayList<>(beside.result().notices());
    for (int c = 0; c < beside.maps().size(); c++) {
      String label = explanation.classes().get(c).scored().label();
      beside.maps().get(c).notices().forEach(notice -> notices.add(label + ": " + notice));
    }
    return notices;
  }
}
