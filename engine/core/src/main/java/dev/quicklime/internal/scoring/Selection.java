package dev.quicklime.internal.scoring;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which classes of a sample are explained, and what of them, decided by its scores.
 *
 * @param target what is explained: as asked for, or the raw score where a model with one output has
 *     no probability
 * @param ranking all classes, best first
 * @param explained the explained ones, in order
 * @param notices what a reader should know about that
 */
public record Selection(
    Target target, List<ScoredClass> ranking, List<ScoredClass> explained, List<String> notices) {

  /** Copies the lists. */
  public Selection {
    ranking = List.copyOf(ranking);
    explained = List.copyOf(explained);
    notices = List.copyOf(notices);
  }

  /**
   * Decides.
   *
   * @param scores raw scores of one or more samples
   * @param offset index of the first score of the one that decides
   * @param classes number of scores of a sample, ≥ 1
   * @param given names of the classes, which that number may settle
   * @throws InvalidInputException if a class is asked for that the model has not
   */
  public static Selection of(
      double[] scores, int offset, int classes, Labels given, ClassChoice choice, Target asked) {
    Labels labels = given.settle(classes);
    boolean plain = classes == 1 && asked != Target.LOGIT && asked != Target.SIGMOID;
    List<ScoredClass> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      all.add(
          new ScoredClass(
              c,
              labels.name(c),
              scores[offset + c],
              (asked == Target.SIGMOID ? asked : Target.PROBABILITY)
                  .of(scores, offset, classes, c)));
    }
    List<ScoredClass> ranking =
        all.stream().sorted(Comparator.comparingDouble(s -> -s.score())).toList();
    List<String> notices = new ArrayList<>(labels.notices());
    if (plain) {
      notices.add("the model has one output: its value is explained as it is");
    }
    return new Selection(
        plain ? Target.LOGIT : asked,
        ranking,
        IntStream.of(indices(ranking, choice)).mapToObj(all::get).toList(),
        notices);
  }

  private static int[] indices(List<ScoredClass> ranking, ClassChoice choice) {
    return switch (choice) {
      case ClassChoice.Top(int top) ->
          ranking.stream().limit(top).mapToInt(ScoredClass::index).toArray();
      case ClassChoice.Listed(List<Integer> indices) -> {
        choice.check(ranking.size());
        yield indices.stream().mapToInt(Integer::intValue).toArray();
      }
    };
  }

  /** Indices of the explained classes, in order. */
  public List<Integer> indices() {
    return explained.stream().map(ScoredClass::index).toList();
  }
}
