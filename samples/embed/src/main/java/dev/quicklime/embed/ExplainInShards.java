package dev.quicklime.embed;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.ShardDecision;
import dev.quicklime.ShardPlan;
import dev.quicklime.ShardScores;
import dev.quicklime.ShardTotals;
import dev.quicklime.ShardWork;
import dev.quicklime.ShardedExplanation;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.ErrorSums;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.SecondPass;
import java.util.List;
import java.util.Optional;

/** Explains one picture with samples that several processes score. */
public final class ExplainInShards {

  private ExplainInShards() {}

  /** Scores a shard, on any process that has the picture and the model. */
  @FunctionalInterface
  interface Cluster {

    /** What {@link #score(Explainer, Image, ExplainOptions, ShardDecision, RowRange)} gives. */
    ShardScores score(ShardDecision decision, RowRange rows);
  }

  /** One process asks, and makes an explanation of what the others found. */
  static ShardedExplanation explain(
      Explainer explainer, Image picture, ExplainOptions options, Cluster cluster) {
    // docs: plan
    ShardPlan plan = explainer.shards().plan(picture, options, Progress.none());
    List<ShardScores> scored =
        plan.shards(100_000).stream() // rows each
            .map(rows -> cluster.score(plan.decision(), rows)) // anywhere, in any order
            .toList();
    ShardTotals totals =
        scored.stream().map(ShardScores::totals).reduce(ShardTotals::plus).orElseThrow();
    Optional<SecondPass> fits = plan.secondPass(totals); // for intervals of ridge, least squares
    Optional<ErrorSums> errors =
        fits.flatMap(each -> scored.stream().map(s -> s.errors(each)).reduce(ErrorSums::plus));
    return errors.map(e -> plan.finish(totals, e)).orElseGet(() -> plan.finish(totals));
    // docs: end
  }

  /** Each process opens the model once. */
  static ShardScores score(
      Explainer explainer,
      Image picture,
      ExplainOptions options,
      ShardDecision decision,
      RowRange rows) {
    // docs: score
    ShardWork work = explainer.shards().work(picture, options, decision);
    return explainer.shards().score(work, rows, Progress.none());
    // docs: end
  }
}
