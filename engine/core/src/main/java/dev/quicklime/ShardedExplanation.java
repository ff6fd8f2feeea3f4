package dev.quicklime;

import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Perturbation;
import java.util.List;
import java.util.Objects;

/**
 * Why a classifier scores a picture as it does, by samples that other processes have scored and
 * that are not here: an {@link Explanation} without them. Plain heap data.
 *
 * @param picture the picture at its own size
 * @param placement where its pixels lie in the model's input
 * @param perturbation the model's input, its superpixels and their fill
 * @param target what of a class's score was explained
 * @param outputs how many scores the model returns for a picture, ≥ 1
 * @param scores the best classes with their scores, best first
 * @param classes the explained classes
 * @param localTargets of each explained class, in order, the target of the whole picture among its
 *     samples, see {@link Explanation#localTarget}
 * @param rows how many rows were scored, the original included
 * @param effectiveSamples (Σw)²/Σw² of their weights
 * @param provenance what it was made with, as far as the process knows that made the plan
 * @param notices what a reader should know about the whole
 */
public record ShardedExplanation(
    Image picture,
    Placement placement,
    Perturbation perturbation,
    Target target,
    int outputs,
    List<ScoredClass> scores,
    List<ClassExplanation> classes,
    List<Double> localTargets,
    int rows,
    double effectiveSamples,
    Provenance provenance,
    List<String> notices) {

  /**
   * Copies the lists.
   *
   * @throws InvalidInputException if there are not as many local targets as classes
   */
  public ShardedExplanation {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(perturbation, "perturbation");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(localTargets, "localTargets");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(notices, "notices");
    scores = List.copyOf(scores);
    classes = List.copyOf(classes);
    localTargets = List.copyOf(localTargets);
    if (localTargets.size() != classes.size()) {
      throw new InvalidInputException(
          "local targets must be as many as classes, %s, got %s"
              .formatted(classes.size(), localTargets.size()));
    }
    notices = List.copyOf(notices);
  }
}
