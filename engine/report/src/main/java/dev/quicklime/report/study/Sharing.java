package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which superpixels have weights, and which of the strongest two classes have in common.
 *
 * @param superpixels how many there are
 * @param strongest how many of the strongest are compared at most, as everywhere in the engine
 * @param classes the explained ones
 * @param pairs every two of those with weights, those that share most first
 */
public record Sharing(int superpixels, int strongest, List<Weighted> classes, List<Pair> pairs) {

  /**
   * Weights of a class.
   *
   * @param label its name
   * @param weights how many there are
   * @param positive how many of them speak for the class
   * @param strongest the first of them
   * @param told of the strongest how many have an interval that excludes 0, or −1 without intervals
   */
  record Weighted(String label, int weights, int positive, List<Integer> strongest, int told) {}

  /**
   * Two classes.
   *
   * @param first one of them
   * @param second the other
   * @param shared superpixels that are among the strongest of both
   * @param opposed how many of them have opposite signs
   * @param full whether both have as many as are compared at most
   */
  record Pair(String first, String second, List<Integer> shared, int opposed, boolean full) {}

  static Sharing of(Explanation explanation) {
    List<ClassExplanation> all = explanation.classes();
    int most = StopRule.strongest(explanation.segments().count());
    List<Weighted> classes = all.stream().map(explained -> weighted(explained, most)).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        LinearFit first = all.get(a).fit();
        LinearFit second = all.get(b).fit();
        List<Integer> others = classes.get(b).strongest();
        List<Integer> shared =
            classes.get(a).strongest().stream().filter(others::contains).sorted().toList();
        long opposed =
            shared.stream()
                .filter(j -> first.coefficients().get(j) * second.coefficients().get(j) < 0)
                .count();
        if (!classes.get(a).strongest().isEmpty() && !others.isEmpty()) {
          pairs.add(
              new Pair(
                  classes.get(a).label(),
                  classes.get(b).label(),
                  shared,
                  Math.toIntExact(opposed),
                  classes.get(a).strongest().size() == most && others.size() == most));
        }
      }
    }
    pairs.sort(Comparator.comparingInt((Pair pair) -> pair.shared().size()).reversed());
    return new Sharing(explanation.segments().count(), most, classes, pairs);
  }

  private static Weighted weighted(ClassExplanation explained, int most) {
    LinearFit fit = explained.fit();
    List<Integer> strongest = fit.selected().stream().limit(most).toList();
    int told = -1;
    if (fit.intervals() instanceof Intervals.Margins margins) {
      told = 0;
      for (int j : strongest) {
        told += Math.abs(fit.coefficients().get(j)) > margins.halfWidth(j) ? 1 : 0;
      }
    }
    long positive = fit.selected().stream().filter(j -> fit.coefficients().get(j) > 0).count();
    return new Weighted(
        explained.scored().label(),
        fit.selected().size(),
        Math.toIntExact(positive),
        strongest,
        told);
  }

  String say() {
    List<String> sentences = new ArrayList<>();
    List<Weighted> some = classes.stream().filter(each -> each.weights() > 0).toList();
    if (!some.isEmpty()) {
      List<String> counts = new ArrayList<>();
      for (Weighted each : some) {
        counts.add(
            "%s%s for %s (%s of them positive)"
                .formatted(
                    each.weights(),
                    counts.isEmpty() ? (each.weights() == 1 ? " has" : " have") + " a weight" : "",
                    Say.quoted(each.label()),
                    each.positive()));
      }
      sentences.add("Of %s superpixels, %s.".formatted(superpixels, Say.list(counts)));
    }
    List<String> none =
        classes.stream()
            .filter(each -> each.weights() == 0)
            .map(each -> Say.quoted(each.label()))
            .toList();
    if (!none.isEmpty()) {
      sentences.add("No superpixel has a weight for %s.".formatted(Say.list(none)));
    }
    List<String> told =
        some.stream()
            .filter(each -> each.told() >= 0)
            .map(
                each ->
                    "%s of the %s strongest of %s"
                        .formatted(each.told(), each.strongest().size(), Say.quoted(each.label())))
            .toList();
    if (!told.isEmpty()) {
      sentences.add("The 95 %% intervals exclude 0 for %s.".formatted(Say.list(told)));
    }
    pairs.stream()
        .filter(pair -> !pair.shared().isEmpty())
        .limit(3)
        .forEach(pair -> sentences.add(say(pair)));
    if (!pairs.isEmpty() && pairs.getFirst().shared().isEmpty()) {
      sentences.add("No two classes share one of their strongest superpixels.");
    }
    return String.join(" ", sentences);
  }

  private String say(Pair pair) {
    int count = pair.shared().size();
    String signs =
        pair.opposed() == 0
            ? count == 1 ? ", with the same sign" : ", all with the same sign"
            : pair.opposed() == count
                ? count == 1 ? ", with opposite signs" : ", all with opposite signs"
                : ", %s of them with opposite signs".formatted(Say.number(pair.opposed()));
    return "%s and %s share %s of their %sstrongest superpixels (%s)%s."
        .formatted(
            Say.quoted(pair.first()),
            Say.quoted(pair.second()),
            Say.number(count),
            pair.full() ? Say.number(strongest) + " " : "",
            pair.shared().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            signs);
  }
}
