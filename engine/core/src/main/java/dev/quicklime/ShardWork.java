package dev.quicklime;

import dev.quicklime.perturb.Perturbation;
import java.util.Objects;

/**
 * What a process needs to score shards of an explanation: the picture at the model's input size,
 * its superpixels and their fill, and what was decided of it. Made on each process anew, from the
 * picture, the options and the decision, by {@link ShardedExplainer#work}. Immutable.
 *
 * @param perturbation the picture
 * @param decision what is to be scored of it
 */
public record ShardWork(Perturbation perturbation, ShardDecision decision) {

  /** Refuses what is missing. */
  public ShardWork {
    Objects.requireNonNull(perturbation, "perturbation");
    Objects.requireNonNull(decision, "decision");
  }
}
