package dev.quicklime.report.explanation;

import dev.quicklime.Explanation;
import dev.quicklime.Provenance;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.fidelity.Verdict;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.figure.Show;
import dev.quicklime.report.text.InputWords;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.report.text.Visible;
import dev.quicklime.report.text.Words;
import dev.quicklime.run.Stage;
import dev.quicklime.surrogate.LinearFit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation in a few lines of text: scores, fits, the strongest superpixels, the time. */
public final class ExplanationText {

  private static final int STRONGEST = 4;
  private static final int LABEL_LENGTH = 28;

  private static final String FIDELITY =
      "  %-" + LABEL_LENGTH + "s %11s %9s %10s %8s %9s %6s %6s %7s %7s";

  /** What the heads mean that nobody can guess. */
  private static final String HEADS =
      "  over seeds, at best 100: VSI, the strongest in common; CSI, overlapping 95 % intervals;"
          + System.lineSeparator()
          + "  at best 1: Jaccard, the strongest in common of all that are; Kendall, their order";

  private static final String BESIDE = "  %-" + LABEL_LENGTH + "s %11s %10s %9s %6s %10s %6s";

  private ExplanationText() {}

  /** What a terminal shows of an explanation: the scores, and a block for each class. */
  public static String of(String picture, Explanation explanation, Show show) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, %d superpixels, %d samples",
                Visible.line(picture),
                explanation.picture().width(),
                explanation.picture().height(),
                explanation.segments().count(),
                explanation.samples().rows() - 1)));
    text.append(
        line(
            String.format(
                Locale.ROOT,
                "  %-" + LABEL_LENGTH + "s %10s %8s %7s  %s",
                "class",
                "score",
                "prob.",
                "R2",
                "strongest superpixels")));
    ScoreDigits digits = ScoreDigits.ofWhole(explanation.provenance().model());
    explanation.classes().forEach(c -> text.append(row(c.scored(), digits, c.fit(), show)));
    List<Integer> explained = explanation.samples().classes();
    explanation.scores().stream()
        .filter(scored -> !explained.contains(scored.index()))
        .forEach(scored -> text.append(row(scored, digits, null, show)));
    for (int c = 0; c < explanation.classes().size(); c++) {
      text.append(verdict(explanation, c, null));
    }
    Stopping stopping = explanation.stopping();
    if (stopping != null) {
      text.append(line("  " + Words.stopping(stopping)));
    }
    return text.append(times(explanation)).toString();
  }

  /**
   * What was left open and how it was settled, so that nobody need guess: what runs the model, and
   * what pictures become before it sees them, in a line each.
   */
  public static String decided(Provenance provenance) {
    ClassifierInfo model = provenance.model();
    return line(
            "model: %s by %s on %s, %s, batches of %s%s"
                .formatted(
                    model.name(),
                    model.runtime(),
                    model.device(),
                    Words.precision(model),
                    provenance.batch(),
                    model.output() == null ? "" : ", output " + model.output()))
        + line("input: " + InputWords.of(provenance.preprocessing()));
  }

  /** How far the explanation can be trusted: a line for each class, and what that took. */
  public static String of(Explanation explanation, Fidelity fidelity) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            String.format(
                Locale.ROOT,
                "  fidelity, of %d further images in %s; VSI, Jaccard and Kendall of the %d"
                    + " strongest",
                fidelity.forwards(),
                Words.duration(fidelity.milliseconds()),
                fidelity.classes().getFirst().strongest())));
    text.append(
        line(
            String.format(
                Locale.ROOT,
                FIDELITY,
                "class",
                "held-out R2",
                "error",
                "infidelity",
                "deletion",
                "insertion",
                "VSI",
                "CSI",
                "Jaccard",
                "Kendall")));
    for (int c = 0; c < fidelity.classes().size(); c++) {
      ClassFidelity found = fidelity.classes().get(c);
      text.append(
          line(
              String.format(
                  Locale.ROOT,
                  FIDELITY,
                  label(explanation.classes().get(c).scored()),
                  number("%.3f", found.heldOutR2()),
                  number("%.3g", found.localPredictionError()),
                  number("%.3g", found.infidelity()),
                  number("%.3f", found.deletion()),
                  number("%.3f", found.insertion()),
                  number("%.1f", found.vsi()),
                  number("%.1f", found.csi()),
                  number("%.2f", found.jaccard()),
                  number("%.2f", found.kendall()))));
    }
    text.append(line(HEADS));
    for (int c = 0; c < fidelity.classes().size(); c++) {
      Double heldOut = fidelity.classes().get(c).heldOutR2();
      if (heldOut != null) {
        text.append(verdict(explanation, c, heldOut));
      }
    }
    return text.toString();
  }

  /** How far the weights of a class follow the model, in a line; nothing where none says. */
  private static String verdict(Explanation explanation, int position, @Nullable Double heldOut) {
    Verdict verdict = explanation.verdict(position, heldOut);
    return verdict == null
        ? ""
        : line(
            "  %s: %s (%s)"
                .formatted(
                    explanation.classes().get(position).scored().label(),
                    verdict.words(),
                    Words.ascii(verdict.because())));
  }

  /** Grad-CAM beside the explanation: a line for each class. */
  public static String of(Explanation explanation, SideBySide beside) {
    StringBuilder text = new StringBuilder();
    text.append(
        line(
            String.format(
                Locale.ROOT,
                "  beside Grad-CAM of layer %s, %s; areas under deletion and insertion, LIME's"
                    + " first",
                beside.result().layer().called(),
                Words.duration(beside.milliseconds()))));
    text.append(
        line(
            String.format(
                Locale.ROOT,
                BESIDE,
                "class",
                "rank corr.",
                "top areas",
                "deletion",
                "",
                "insertion",
                "")));
    for (int c = 0; c < beside.comparison().classes().size(); c++) {
      ClassComparison found = beside.comparison().classes().get(c);
      text.append(
          line(
              String.format(
                  Locale.ROOT,
                  BESIDE,
                  label(explanation.classes().get(c).scored()),
                  number("%.3f", found.rankCorrelation()),
                  number("%.3f", found.topAreas()),
                  number("%.3f", found.deletion()),
                  number("%.3f", found.mapDeletion()),
                  number("%.3f", found.insertion()),
                  number("%.3f", found.mapInsertion()))));
    }
    return text.toString();
  }

  private static String row(
      ScoredClass scored, ScoreDigits digits, @Nullable LinearFit fit, Show show) {
    String r2 = Optional.ofNullable(fit).map(LinearFit::r2).map(r -> number("%.3f", r)).orElse("-");
    return line(
        String.format(
            Locale.ROOT,
            "  %-" + LABEL_LENGTH + "s %10s %8s %7s  %s",
            label(scored),
            decimals(scored.score(), digits.decimals(scored.score(), 4)),
            decimals(scored.probability(), digits.probabilityDecimals(scored, 4)),
            r2,
            fit == null ? "-" : strongest(fit, show)));
  }

  private static String strongest(LinearFit fit, Show show) {
    String text =
        fit.selected().stream()
            .filter(superpixel -> admits(show, fit.coefficients().get(superpixel)))
            .limit(STRONGEST)
            .map(
                superpixel ->
                    superpixel + ":" + number("%+.3g", fit.coefficients().get(superpixel)))
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? "none" : text;
  }

  private static boolean admits(Show show, double weight) {
    return switch (show) {
      case BOTH -> true;
      case POSITIVE -> weight > 0;
      case NEGATIVE -> weight < 0;
    };
  }

  private static String label(ScoredClass scored) {
    String label = Words.numbered(scored.index(), Visible.line(scored.label()));
    return label.length() > LABEL_LENGTH ? label.substring(0, LABEL_LENGTH - 3) + "..." : label;
  }

  private static String times(Explanation explanation) {
    String stages =
        Stage.ofPictures().stream()
            .map(stage -> stage.key() + " " + Words.duration(explanation.timings().of(stage)))
            .collect(Collectors.joining(", "));
    return line(
        "  time: %s in all, %s".formatted(Words.duration(explanation.timings().total()), stages));
  }

  private static String decimals(double value, int decimals) {
    return number("%." + decimals + "f", value);
  }

  private static String number(String format, @Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static String line(String text) {
    return text.stripTrailing() + System.lineSeparator();
  }
}
