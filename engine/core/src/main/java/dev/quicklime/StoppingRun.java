package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.fidelity.Look;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.internal.scoring.Rounds;
import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Locale;

/** Scores samples in rounds, with a look at what they give after each. Stateless. */
final class StoppingRun {

  private StoppingRun() {}

  /** Scores samples until the stop rule has enough, or there are no more. */
  static Stopping score(
      MaskMatrix masks,
      ExplainOptions options,
      SampleFeed feed,
      PictureRun run,
      Progress progress,
      Timings.Clock clock) {
    StopRule rule = new StopRule(options.stop(), options.stopError());
    Surrogate judged = StopRule.judged(options.surrogate());
    int blockRows = MaskSampler.blockRows(options.design(), options.samples(), masks.columns());
    int scored = 0;
    for (int end : Rounds.ends(options.design(), masks.rows(), masks.columns(), feed.batchSize())) {
      run.score(feed, scored, end, progress, clock);
      scored = end;
      int samples = Rounds.samples(end, masks.rows(), blockRows);
      MaskMatrix first = masks.prefix(samples + 1);
      FitInput input =
          SurrogateStage.input(
              options,
              first,
              SurrogateStage.weights(first, options),
              run.values(first.rows()),
              run.selection().explained().size());
      boolean enough = rule.look(samples, SurrogateFitter.fitAll(judged, input));
      progress.judged(rule.reached());
      clock.stop(Stage.SURROGATE);
      if (enough) {
        break;
      }
    }
    return rule.outcome(masks.rows() - 1, masks.columns());
  }

  /** What a reader should know of a rule that was not met. */
  static String unmet(Stopping stopping) {
    Look last = stopping.last();
    if (!Double.isFinite(last.reached())) {
      return "there were too few samples for standard errors: draw more";
    }
    return stopping.bound() > 0 && last.reached() > stopping.bound()
        ? unmet("standard errors", last.reached(), stopping.limit(), stopping.bound())
        : unmet("the largest error", last.largestError(), stopping.limit(), stopping.errorBound());
  }

  private static String unmet(String what, double reached, int limit, double bound) {
    return String.format(
        Locale.ROOT,
        "%s came down to %.3g of the range of the weights with all %d samples, not to %.3g: draw"
            + " more",
        what,
        reached,
        limit,
        bound);
  }
}
