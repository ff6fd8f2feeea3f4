package dev.quicklime.report.study;

import dev.quicklime.Explanation;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.statistics.SampleNumbers;
import dev.quicklime.report.statistics.Spread;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much the explained values vary over the samples.
 *
 * @param noun what varies
 * @param samples over how many samples
 * @param classes the classes that vary, the most varying first
 * @param constant names of those that do not
 */
public record Variation(String noun, int samples, List<Varying> classes, List<String> constant) {

  /** Ranges that differ by less count as alike. */
  private static final double ALIKE = 0.9;

  /**
   * A class that varies.
   *
   * @param label its name
   * @param spread of its values
   */
  record Varying(String label, Spread spread) {

    /** What classes are ranked by: a range of 0 does not tell how far the rest is. */
    double range() {
      return spread.interquartileRange();
    }
  }

  static Variation of(Explanation explanation) {
    SampleNumbers numbers = new SampleNumbers(explanation);
    List<Varying> varying = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    for (int c = 0; c < explanation.classes().size(); c++) {
      String label = explanation.classes().get(c).scored().label();
      Spread spread = Spread.of(numbers.scores(c));
      if (spread.isConstant()) {
        constant.add(label);
      } else {
        varying.add(new Varying(label, spread));
      }
    }
    varying.sort(
        Comparator.comparingDouble(Varying::range)
            .thenComparingDouble(each -> each.spread().standardDeviation())
            .reversed());
    return new Variation(
        Unit.of(explanation).noun(), explanation.samples().rows() - 1, varying, constant);
  }

  String say() {
    StringBuilder text = new StringBuilder();
    String over = "over " + Numbers.counted(samples, "sample");
    if (classes.size() == 1) {
      Varying only = classes.getFirst();
      text.append(
          "%s the %s of %s has %s."
              .formatted(Say.sentence(over), noun, Say.quoted(only.label()), measured(only)));
    } else if (classes.size() > 1) {
      Varying most = classes.get(0);
      Varying next = classes.get(1);
      Varying least = classes.getLast();
      boolean alike =
          most.range() > 0
              ? next.range() >= ALIKE * most.range()
              : next.spread().standardDeviation() >= ALIKE * most.spread().standardDeviation();
      text.append(
          alike
              ? "%s the %s of %s and that of %s vary about alike%s: the first has %s, the second %s."
                  .formatted(
                      Say.sentence(over),
                      noun,
                      Say.quoted(most.label()),
                      Say.quoted(next.label()),
                      classes.size() > 2 ? " and most" : "",
                      measured(most),
                      measured(next))
              : "%s the %s of %s varies most, with %s; %s %s%s has %s."
                  .formatted(
                      Say.sentence(over),
                      noun,
                      Say.quoted(most.label()),
                      measured(most),
                      classes.size() == 2 ? "that of" : "the least varying,",
                      Say.quoted(least.label()),
                      classes.size() == 2 ? "" : ",",
                      measured(least)));
    }
    if (!constant.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ")
          .append(
              "The %s of %s is the same in every sample, so that there is nothing to explain."
                  .formatted(noun, Say.list(constant.stream().map(Say::quoted).toList())));
    }
    return text.toString();
  }

  private static String measured(Varying each) {
    return "an interquartile range of %s and a standard deviation of %s"
        .formatted(Say.three(each.range()), Say.three(each.spread().standardDeviation()));
  }
}
