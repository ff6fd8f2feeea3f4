package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What samples that no fit has seen, and other seeds, say of the weights.
 *
 * @param heldOut how many such samples
 * @param seeds how many runs are compared
 * @param strongest how many superpixels are
 * @param classes the explained ones
 */
public record Trust(int heldOut, int seeds, int strongest, List<Judged> classes) {

  /**
   * How much lower than on its own samples R² may be before that is worth saying: with a few
   * hundred held-out samples it is off by a few hundredths by chance.
   */
  private static final double LOWER = 0.1;

  /**
   * A class.
   *
   * @param label its name
   * @param r2 on the samples of the fit
   * @param heldOutR2 on others
   * @param jaccard of the strongest superpixels of two runs, 0 to 1
   * @param kendall of their ranks, −1 to 1
   */
  record Judged(
      String label,
      @Nullable Double r2,
      @Nullable Double heldOutR2,
      @Nullable Double jaccard,
      @Nullable Double kendall) {}

  static Trust of(Explanation explanation, Fidelity fidelity) {
    List<Judged> classes = new ArrayList<>();
    for (int c = 0; c < fidelity.classes().size(); c++) {
      ClassExplanation explained = explanation.classes().get(c);
      ClassFidelity found = fidelity.classes().get(c);
      classes.add(
          new Judged(
              explained.scored().label(),
              explained.fit().r2(),
              found.heldOutR2(),
              found.jaccard(),
              found.kendall()));
    }
    return new Trust(
        fidelity.heldOut(),
        fidelity.seeds().size() + 1,
        fidelity.classes().getFirst().strongest(),
        classes);
  }

  String say() {
    List<String> sentences = new ArrayList<>();
    List<Judged> seen = classes.stream().filter(each -> each.heldOutR2() != null).toList();
    if (!seen.isEmpty()) {
      sentences.add(
          "On %s that no fit has seen, R² is %s."
              .formatted(
                  Numbers.counted(heldOut, "sample"),
                  each(seen, seen.stream().map(Judged::heldOutR2).toList(), 3)));
      List<String> learnt =
          seen.stream()
              .filter(each -> each.r2() != null && each.r2() - number(each.heldOutR2()) > LOWER)
              .map(each -> Say.quoted(each.label()))
              .toList();
      sentences.add(
          learnt.isEmpty()
              ? "That is %s more than %s below the R² of the samples that were used."
                  .formatted(seen.size() == 1 ? "not" : "nowhere", LOWER)
              : "For %s that is more than %s below the R² of the samples that were used: the fit has"
                      .formatted(Say.list(learnt), LOWER)
                  + " learnt chance too, and more samples would help.");
    }
    List<Judged> stable = classes.stream().filter(each -> each.jaccard() != null).toList();
    if (!stable.isEmpty()) {
      sentences.add(
          "Over %s the %s agree by a Jaccard index of %s."
              .formatted(
                  Numbers.counted(seeds, "seed"),
                  strongest == 1
                      ? "strongest superpixels"
                      : Say.number(strongest) + " strongest superpixels",
                  each(stable, stable.stream().map(Judged::jaccard).toList(), 2)));
    }
    return String.join(" ", sentences);
  }

  /** "0.61 for “star” and 0.45 for “ring”", or the range where there are many. */
  private static String each(List<Judged> judged, List<@Nullable Double> values, int decimals) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      words.add(
          Say.fixed(number(values.get(i)), decimals) + " for " + Say.quoted(judged.get(i).label()));
    }
    return Say.list(words);
  }

  private static double number(@Nullable Double value) {
    return Objects.requireNonNull(value);
  }
}
