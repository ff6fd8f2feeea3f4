package dev.quicklime.report.explanation;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.Target;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.explanation.ReportModel.FidelityRow;
import dev.quicklime.report.figure.FidelityFigure;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.page.Shown;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a report says of how far its explanation can be trusted. */
final class FidelitySection {

  private static final String UNDEFINED = "–";

  /** Width of deletion and of insertion, of which paper shows both side by side in 130 mm. */
  private static final int CURVES = 260;

  private final Subject subject;
  private final Explanation explanation;
  private final Unit unit;
  private final Fidelity fidelity;

  FidelitySection(Subject subject, Fidelity fidelity) {
    this.subject = subject;
    this.explanation = subject.explanation();
    this.unit = subject.unit();
    this.fidelity = fidelity;
  }

  ReportModel.FidelityView build(BiFunction<Figure, List<Figure>, Shown> shown) {
    FidelityFigure curves = new FidelityFigure(subject, fidelity);
    List<FidelityRow> rows = new ArrayList<>();
    for (int c = 0; c < fidelity.classes().size(); c++) {
      rows.add(row(explanation.classes().get(c), fidelity.classes().get(c)));
    }
    return new ReportModel.FidelityView(
        caption(),
        reading(),
        rows,
        "units of the " + unit.noun(),
        fidelity.classes().getFirst().strongest(),
        shown.apply(curves.draw(), curves.drawEach(CURVES)));
  }

  private FidelityRow row(ClassExplanation explained, ClassFidelity found) {
    return new FidelityRow(
        explained.scored().label(),
        fixed(explained.fit().r2(), 3),
        fixed(found.heldOutR2(), 3),
        Numbers.significant(found.localPredictionError(), 3),
        Numbers.significant(found.infidelity(), 3),
        area(found.deletion()),
        area(found.insertion()),
        fixed(found.vsi(), 1),
        fixed(found.csi(), 1),
        fixed(found.jaccard(), 2),
        fixed(found.kendall(), 2));
  }

  private String area(double area) {
    return fidelity.curves() == Target.LOGIT
        ? Numbers.significant(area, 3)
        : Numbers.fixed(area, 3);
  }

  private static String fixed(@Nullable Double value, int decimals) {
    return value == null ? UNDEFINED : Numbers.fixed(value, decimals);
  }

  private String caption() {
    String runs =
        fidelity.seeds().isEmpty()
            ? "Every mask was tried, so that there are no other runs to compare with."
            : "Stability compares this run with those of the seeds %s."
                .formatted(
                    fidelity.seeds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")));
    return "Judged by %s that no fit has seen. %s All of it took %s besides the explanation, in %s."
        .formatted(
            Numbers.counted(fidelity.heldOut(), "sample"),
            runs,
            Numbers.counted(fidelity.forwards(), "forward"),
            Words.duration(fidelity.milliseconds()));
  }

  private List<String> reading() {
    int strongest = fidelity.classes().getFirst().strongest();
    String fill = Words.fill(explanation.provenance().options().fill());
    return List.of(
        "Held-out R² says how well the weights foretell samples that were not used to find them."
            + " Near 1 is good; much under the R² of the samples that were used, the fit has learnt"
            + " chance: draw more samples. Under 0, the mean would have told more.",
        ("The prediction error is how far the linear model's value for the picture itself is from"
                + " the true one. Infidelity is the mean squared error in what is lost when"
                + " superpixels are replaced by %s. Both are good near 0, beside the range of the"
                + " %s, and the square of it.")
            .formatted(fill, unit.noun()),
        "Deletion replaces superpixels from the largest weight to the smallest, insertion shows"
            + " them in the same order, beginning with nothing. Where the order is right the curve"
            + " falls, or rises, at once: a small area under deletion and a large one under"
            + " insertion are good.",
        ("Stability asks whether another seed would tell the same. VSI is the share of the %s that"
                + " two runs have in common, of 100; the Jaccard index the share of what either has"
                + " that both have, of 1; CSI the share of superpixels whose 95 %% intervals of two"
                + " runs overlap, of 100; Kendall's τ how alike they are ranked, from −1 to 1. The"
                + " larger the better. A dash stands for what is not defined: R² of scores that do"
                + " not vary, CSI of a fit without intervals, stability where there is nothing to"
                + " compare.")
            .formatted(strongest == 1 ? "strongest superpixel" : strongest + " strongest"));
  }
}
