package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Target;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.figure.ShownWeights;
import dev.quicklime.report.figure.Subject;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.study.StudyModel.Row;
import dev.quicklime.report.study.StudyModel.Table;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of a study. For one study. */
final class Tables {

  private static final String UNDEFINED = "–";

  private final Captions captions = new Captions();
  private int count;

  /** How far the weights of one picture can be trusted, and Grad-CAM's beside them. */
  Table trust(StudiedPicture studied, Subject subject) {
    Explanation explanation = studied.explanation();
    Fidelity fidelity = studied.fidelity();
    SideBySide beside = studied.beside();
    List<String> heads = new ArrayList<>(List.of("class", "R²", "local prediction", "its error"));
    if (fidelity != null) {
      heads.addAll(List.of("held-out R²", "VSI", "Jaccard", "Kendall τ"));
    }
    if (fidelity != null || beside != null) {
      heads.addAll(List.of("deletion", "insertion"));
    }
    if (beside != null) {
      heads.addAll(List.of("Grad-CAM's deletion", "Grad-CAM's insertion", "rank correlation"));
    }
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < explanation.classes().size(); c++) {
      ClassExplanation explained = explanation.classes().get(c);
      LinearFit fit = explained.fit();
      Unit unit = subject.unit();
      double error = Math.abs(fit.localPrediction() - explanation.localTarget(c));
      List<String> cells = new ArrayList<>();
      cells.add(fixed(fit.r2(), 3));
      cells.add(unit.text(fit.localPrediction()));
      cells.add(Numbers.significant(error, 2));
      if (fidelity != null) {
        ClassFidelity found = fidelity.classes().get(c);
        cells.add(fixed(found.heldOutR2(), 3));
        cells.add(fixed(found.vsi(), 0));
        cells.add(fixed(found.jaccard(), 2));
        cells.add(fixed(found.kendall(), 2));
      }
      cells.addAll(areas(c, fidelity, beside));
      rows.add(new Row(explained.scored().label(), cells));
    }
    return table(caption(studied, subject.unit(), fidelity, beside), heads, rows);
  }

  private Table table(String caption, List<String> heads, List<Row> rows) {
    int number = ++count;
    Captions.Caption left = captions.of(number, List.of(""), List.of(caption), "");
    return new Table(number, left.text(), left.as(), caption, List.copyOf(heads), rows);
  }

  private static List<String> areas(
      int position, @Nullable Fidelity fidelity, @Nullable SideBySide beside) {
    if (beside == null) {
      if (fidelity == null) {
        return List.of();
      }
      ClassFidelity found = fidelity.classes().get(position);
      return List.of(
          area(fidelity.curves(), found.deletion()), area(fidelity.curves(), found.insertion()));
    }
    Target curves = beside.comparison().curves();
    ClassComparison found = beside.comparison().classes().get(position);
    return List.of(
        area(curves, found.deletion()),
        area(curves, found.insertion()),
        area(curves, found.mapDeletion()),
        area(curves, found.mapInsertion()),
        fixed(found.rankCorrelation(), 2));
  }

  private static String area(Target curves, double area) {
    return curves == Target.LOGIT ? Numbers.significant(area, 3) : Numbers.fixed(area, 3);
  }

  private static String fixed(@Nullable Double value, int decimals) {
    return value == null ? UNDEFINED : Numbers.fixed(value, decimals);
  }

  private static String caption(
      StudiedPicture studied, Unit unit, @Nullable Fidelity fidelity, @Nullable SideBySide beside) {
    StringBuilder text = new StringBuilder("Fidelity of the weights for ").append(studied.name());
    text.append(". R² is that of the ")
        .append(Numbers.count(studied.explanation().samples().rows() - 1L))
        .append(" samples; the local prediction and its error are in units of the ")
        .append(unit.noun())
        .append('.');
    ClassifierInfo model = studied.explanation().provenance().model();
    if (model.hasOriginalPrecision()) {
      text.append(
          " The error is from what the samples have for the picture, in %s; what is shown of it elsewhere is in %s."
              .formatted(model.precision(), model.originalPrecision()));
    }
    if (fidelity != null) {
      text.append(" Held-out R² is that of ")
          .append(Numbers.count(fidelity.heldOut()))
          .append(" samples that no fit has seen.");
      text.append(
          fidelity.seeds().isEmpty()
              ? " Every mask was tried, so that there are no other runs to compare with."
              : " VSI (of 100), Jaccard (of 1) and Kendall's τ (of 1) compare the %s of %s."
                  .formatted(
                      Numbers.counted(
                          fidelity.classes().getFirst().strongest(), "strongest superpixel"),
                      Numbers.counted(fidelity.seeds().size() + 1L, "seed")));
    }
    if (fidelity != null || beside != null) {
      text.append(
          " Deletion (small is good) and insertion (large is good) are areas under curves.");
    }
    if (beside != null) {
      text.append(" Grad-CAM is of layer ").append(beside.result().layer().called());
      text.append("; rank correlation is Spearman's, of its means over the superpixels.");
    }
    return text.append(" A dash stands for what is not defined.").toString();
  }

  /** All classes of all pictures. */
  Table summary(List<StudiedPicture> pictures, List<Unit> units, Show show) {
    List<Row> rows = new ArrayList<>();
    boolean trusted = pictures.stream().anyMatch(studied -> studied.fidelity() != null);
    boolean mapped = pictures.stream().anyMatch(studied -> studied.beside() != null);
    for (int p = 0; p < pictures.size(); p++) {
      StudiedPicture studied = pictures.get(p);
      for (int c = 0; c < studied.explanation().classes().size(); c++) {
        rows.add(
            row(
                studied,
                units.get(p),
                show,
                studied.explanation().classes().get(c),
                c,
                trusted,
                mapped));
      }
    }
    List<String> heads =
        new ArrayList<>(
            List.of(
                "picture, class",
                "raw score",
                "probability",
                "R²",
                "weights",
                "strongest superpixel",
                "its weight"));
    if (trusted) {
      heads.addAll(List.of("held-out R²", "VSI"));
    }
    if (mapped) {
      heads.add("agreement with Grad-CAM");
    }
    ClassifierInfo model = pictures.getFirst().explanation().provenance().model();
    String formats =
        model.hasOriginalPrecision()
            ? " Raw scores and probabilities are in %s, samples and what comes of them in %s."
                .formatted(model.originalPrecision(), model.precision())
            : "";
    return table(
        "All explained classes of all pictures. Weights are how many superpixels have one, of how"
            + " many; agreement is the rank correlation of weights and map."
            + formats,
        heads,
        rows);
  }

  private static Row row(
      StudiedPicture studied,
      Unit unit,
      Show show,
      ClassExplanation explained,
      int position,
      boolean trusted,
      boolean mapped) {
    LinearFit fit = explained.fit();
    ShownWeights weights = new ShownWeights(fit, show);
    List<String> cells = new ArrayList<>();
    ScoreDigits digits = ScoreDigits.ofWhole(studied.explanation().provenance().model());
    cells.add(digits.score(explained.scored().score()));
    cells.add(unit.single() ? UNDEFINED : digits.probability(explained.scored()));
    cells.add(fixed(fit.r2(), 3));
    cells.add(fit.selected().size() + " of " + fit.coefficients().size());
    if (weights.count() == 0) {
      cells.addAll(List.of(UNDEFINED, UNDEFINED));
    } else {
      int first = weights.strongest().getFirst();
      Double margin = weights.margin(first);
      cells.add(Integer.toString(first));
      cells.add(
          weights.text(first)
              + (margin == null ? "" : " ± " + Numbers.fixed(margin, weights.decimals())));
    }
    if (trusted) {
      Fidelity fidelity = studied.fidelity();
      ClassFidelity found = fidelity == null ? null : fidelity.classes().get(position);
      cells.add(found == null ? UNDEFINED : fixed(found.heldOutR2(), 3));
      cells.add(found == null ? UNDEFINED : fixed(found.vsi(), 0));
    }
    if (mapped) {
      SideBySide beside = studied.beside();
      cells.add(
          beside == null
              ? UNDEFINED
              : fixed(beside.comparison().classes().get(position).rankCorrelation(), 2));
    }
    return new Row(studied.name() + ", " + explained.scored().label(), cells);
  }
}
