package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.statistics.ProfileErrors;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How the error of the weights falls with the number of samples.
 *
 * @param classes those with an error, all with the same numbers of samples
 */
public record Convergence(List<Falling> classes) {

  /**
   * A class.
   *
   * @param label its name
   * @param few the smallest number of samples
   * @param errorOfFew relative squared error with them
   * @param many the largest number of samples
   * @param errorOfMany the same with these
   */
  record Falling(String label, int few, double errorOfFew, int many, double errorOfMany) {}

  static Convergence of(Explanation explanation, List<ProfileRow> profile) {
    List<Falling> classes = new ArrayList<>();
    for (ClassExplanation explained : explanation.classes()) {
      SortedMap<Integer, Double> errors = ProfileErrors.of(profile, explained.scored().index());
      if (errors.size() > 1) {
        classes.add(
            new Falling(
                explained.scored().label(),
                errors.firstKey(),
                errors.getOrDefault(errors.firstKey(), Double.NaN),
                errors.lastKey(),
                errors.getOrDefault(errors.lastKey(), Double.NaN)));
      }
    }
    if (!classes.isEmpty()) {
      int few = classes.getFirst().few();
      int many = classes.getFirst().many();
      classes.removeIf(each -> each.few() != few || each.many() != many);
    }
    return new Convergence(classes);
  }

  String say() {
    if (classes.isEmpty()) {
      return "";
    }
    int few = classes.getFirst().few();
    int many = classes.getFirst().many();
    return "From %s to %s the relative squared error of the weights goes %s."
        .formatted(
            Numbers.count(few),
            Numbers.counted(many, "sample"),
            Say.list(
                classes.stream()
                    .map(
                        each ->
                            "from %s to %s for %s"
                                .formatted(
                                    Numbers.significant(each.errorOfFew(), 2),
                                    Numbers.significant(each.errorOfMany(), 2),
                                    Say.quoted(each.label())))
                    .toList()));
  }
}
