package dev.quicklime.internal.scoring;

import dev.quicklime.model.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What all scores of some samples have in common that no raw scores should.
 *
 * @param classes number of scores of a sample; 0 where there was no sample
 * @param allSumToOne whether those of each sample do
 * @param allSumToHundred the same, none of them negative
 * @param allFractions whether all lie between 0 and 1
 * @param someFraction whether some lie between 0 and 1 and are neither
 */
public record ScoreKinds(
    int classes,
    boolean allSumToOne,
    boolean allSumToHundred,
    boolean allFractions,
    boolean someFraction)
    implements Serializable {

  /** What these and other samples have in common. */
  public ScoreKinds plus(ScoreKinds other) {
    return new ScoreKinds(
        Math.max(classes, other.classes),
        allSumToOne && other.allSumToOne,
        allSumToHundred && other.allSumToHundred,
        allFractions && other.allFractions,
        someFraction || other.someFraction);
  }

  /**
   * What a reader should know.
   *
   * @param sample what messages call a sample, as {@code picture} or {@code row}
   * @param target what of the scores is explained
   */
  public List<String> notices(String sample, Target target) {
    List<String> notices = new ArrayList<>();
    boolean fractions = allFractions && someFraction;
    if (classes > 1 && fractions && allSumToOne) {
      notices.add(
          "the model's scores are probabilities already, each %s's sum to 1: %s; take its scores"
                  .formatted(sample, consequence(target))
              + " from before its softmax"
              + instead(target));
    } else if (classes > 1 && allSumToHundred) {
      notices.add(
          ("the model's scores are percentages already, each %s's sum to 100: %s; take its scores"
                  + " from before its softmax, or explain the raw score, which is the model's own"
                  + " percentage")
              .formatted(sample, consequence(target)));
    } else if (fractions && (classes > 1 || target == Target.SIGMOID)) {
      notices.add(
          "the model's scores all lie between 0 and 1, as after a sigmoid: %s; take its scores"
                  .formatted(consequence(target))
              + " from before its sigmoid"
              + instead(target));
    }
    return notices;
  }

  private static String instead(Target target) {
    return target == Target.LOGIT
        ? ""
        : ", or explain the raw score, which is the model's own probability";
  }

  private static String consequence(Target target) {
    return target == Target.SIGMOID
        ? "their sigmoid, which is explained and shown, is not what the model says"
        : "their softmax, which is shown as probability, is not what the model says";
  }
}
